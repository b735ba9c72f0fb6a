import { redactText } from './redact-text.js';
import { isSecretName, REDACTED } from './secret-names.js';

/** Headers by their names in lower case, without their secrets. One that is sent more than once has its values joined. */
export function redactHeaders(headers: Iterable<readonly [string, string]>): Readonly<Record<string, string>> {
  const redacted = new Map<string, string>();
  for (const [given, value] of headers) {
    const name = given.toLowerCase();
    const kept = isSecretName(name) ? REDACTED : redactText(value);
    const before = redacted.get(name);
    redacted.set(name, before === undefined ? kept : `${before}, ${kept}`);
  }
  return Object.fromEntries(redacted);
}
