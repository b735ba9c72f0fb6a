import { redactText } from './redact-text.js';
import { isSecretName, REDACTED } from './secret-names.js';

/** A name begins behind what parts names, so that each is looked at once. */
const PAIR = /(?<![^?&#;=/])([^?&#;=/]+)=([^&#;]*)/g;

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
  return text.replace(PAIR, (pair, name: string, value: string) => {
    if (value === '') return pair;
    if (isSecretName(decoded(name).trim())) return `${name}=${REDACTED}`;
    if (SIMPLE.test(value)) return pair;
    const plain = decoded(value);
    const redacted = redactNested(plain);
    return redacted === plain ? pair : `${name}=${encodeURIComponent(redacted)}`;
  });
}

/** A value may be a URL with a query of its own. */
function redactNested(value: string): string {
  const inner = /[?&#]/.test(value) && value.includes('=') ? redactPairs(value) : value;
  return redactText(inner);
}
