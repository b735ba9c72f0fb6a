import { redactJson } from './redact-json.js';
import { redactPairs } from './redact-pairs.js';
import { redactText } from './redact-text.js';
import { isSecretName, REDACTED } from './secret-names.js';

/** A document or, in lines and event streams, one of several. */
const JSON_START = /(?:^|\n)(?:data:)?\s*(?:\{\s*(?:["}]|$)|\[\s*(?:[[{"\]\d-]|true|false|null|$)|"[^"]*"?\s*$)/;
const FORM = /^[^\s=&<>{}]+=[^\s<>{}]*$/;
/** A part of multipart/form-data (RFC 7578): its name, then its value up to the next boundary. */
const PART = /(name="([^"]*)"[^\r\n]*(?:\r?\n[^\r\n]+){0,4}\r?\n\r?\n)[\s\S]*?(?=\r?\n--|$)/g;
/** Documents in strings in documents are followed this deep. */
const DEEPEST = 4;

/** A body's text without its secrets, be it JSON (also one a line, or in an event stream), a form, markup or prose; it may be cut anywhere. */
export function redactBody(text: string): string {
  return redactDocument(text, 0);
}

function redactDocument(text: string, depth: number): string {
  if (depth < DEEPEST && JSON_START.test(text)) {
    return redactJson(text, (inner) => redactDocument(inner, depth + 1));
  }
  if (FORM.test(text)) return redactPairs(text);
  const parts = text.replace(PART, (part, head: string, name: string) => (isSecretName(name) ? head + REDACTED : part));
  return redactText(parts);
}
