/** What stands in the place of a secret. */
export const REDACTED = '[redacted]';

/** A name with one of these in it, whatever stands around it and however it is written, names a secret. */
const PARTS =
  /token|secret|passw|passphrase|passcode|apikey|accesskey|privatekey|subscriptionkey|authkey|credential|signature|authoriz|authenticat|session|cookie|bearer|jwt|csrf|xsrf|assertion|codeverifier|otpcode/;
/** A word of a name that names a secret by itself. */
const WORD = /(?<![a-z0-9])(?:auth|sid|sig|pwd|pass|pw|otp|totp|cvv|cvc|ssn|saml)(?![a-z0-9])/;
/** Names of secrets only where they are the whole name: `code` is one, `countryCode` is not. */
const WHOLE = new Set(['code', 'key', 'pin', 'hmac']);
/** As most names are: nothing to take apart. */
const ONE_WORD = /^[a-z0-9]*$/;
/** Printable ASCII without capitals. */
const LOWER = /^[!-@[-~]*$/;
const HUMP = /([a-z0-9])([A-Z])/g;
const GAPS = /[^a-z0-9]+/g;

/** Whether free text like `name: value` tells a secret; leaves out the names that are everyday words. */
export function isSecretWord(name: string): boolean {
  if (ONE_WORD.test(name)) return WORD.test(name) || PARTS.test(name);
  const words = LOWER.test(name) ? name : name.replace(HUMP, '$1-$2').toLowerCase();
  return WORD.test(words) || PARTS.test(words.replace(GAPS, ''));
}

/** Whether a field, parameter or header of this name holds a secret: `access_token`, `apiKey`, `X-CSRF-Token`, `sig`, `code`. */
export function isSecretName(name: string): boolean {
  return WHOLE.has(name.toLowerCase()) || isSecretWord(name);
}
