import { redactText } from './redact-text.js';
import { isSecretName, REDACTED } from './secret-names.js';

/** A page's headers have few names, and each takes longer to take apart than to look up. */
const MOST_NAMES = 256;
const secrecy = new Map<string, boolean>();

function isSecretHeader(name: string): boolean {
  const known = secrecy.get(name);
  if (known !== undefined) return known;
  const secret = isSecretName(name);
  if (secrecy.size < MOST_NAMES) secrecy.set(name, secret);
  return secret;
}

/** Headers by their names in lower case, without their secrets. One that is sent more than once has its values joined. */
export function redactHeaders(headers: Iterable<readonly [string, string]>): Readonly<Record<string, string>> {
  const redacted = new Map<string, string>();
  for (const [given, value] of headers) {
    const name = given.toLowerCase();
    const kept = isSecretHeader(name) ? REDACTED : redactText(value);
    const before = redacted.get(name);
    redacted.set(name, before === undefined ? kept : `${before}, ${kept}`);
  }
  return Object.fromEntries(redacted);
}
