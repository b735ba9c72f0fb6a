import { redactText } from './redact-text.js';
import { isSecretName, REDACTED } from './secret-names.js';

const PARTING = '?&#;=/';
const ENDING = '&#;';

/** A value as most are: too short for a secret that is known by its looks, and with no room for a name. */
const SIMPLE = /^[\w.-]{0,10}$/;

/** The form of application/x-www-form-urlencoded read; as it stands where it is not well-formed. */
function decoded(text: string): string {
  if (!text.includes('%') && !text.includes('+')) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/**
 * Redacts `name=value` pairs of a query, a fragment or a form by their names and their values. What has no secret in it
 * stays as it was written, to the letter.
 */
export function redactPairs(text: string): string {
  let result = '';
  let copied = 0;
  let from = 0;
  for (let equals = text.indexOf('='); equals >= 0; equals = text.indexOf('=', from)) {
    const start = nameStart(text, equals, from);
    from = equals + 1;
    if (start === equals) continue;
    from = valueEnd(text, equals + 1);
    const value = text.slice(equals + 1, from);
    const redacted = redactValue(text.slice(start, equals), value);
    if (redacted === value) continue;
    result += text.slice(copied, equals + 1) + redacted;
    copied = from;
  }
  return copied === 0 ? text : result + text.slice(copied);
}

/** A name begins behind what parts names. */
function nameStart(text: string, end: number, least: number): number {
  let start = end;
  while (start > least && !PARTING.includes(text.charAt(start - 1))) start--;
  return start;
}

function valueEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && !ENDING.includes(text.charAt(end))) end++;
  return end;
}

function redactValue(name: string, value: string): string {
  if (value === '') return value;
  if (isSecretName(decoded(name).trim())) return REDACTED;
  if (SIMPLE.test(value)) return value;
  const plain = decoded(value);
  const redacted = redactNested(plain);
  return redacted === plain ? value : encodeURIComponent(redacted);
}

/** A value may be a URL with a query of its own. */
function redactNested(value: string): string {
  const inner = /[?&#]/.test(value) && value.includes('=') ? redactPairs(value) : value;
  return redactText(inner);
}
