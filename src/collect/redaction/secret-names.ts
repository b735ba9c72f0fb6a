/** What stands in the place of a secret. */
export const REDACTED = '[redacted]';

/** A name with one of these in it, whatever stands around it and however it is written, names a secret. */
const PARTS =
  /token|secret|passw|passphrase|passcode|apikey|accesskey|privatekey|subscriptionkey|authkey|credential|signature|authoriz|authenticat|session|cookie|bearer|jwt|csrf|xsrf|assertion|codeverifier|otpcode/;
/** A word of a name that names a secret by itself. */
const WORDS = new Set(['auth', 'sid', 'sig', 'pwd', 'pass', 'pw', 'otp', 'totp', 'cvv', 'cvc', 'ssn', 'saml']);
/** Names of secrets only where they are the whole name: `code` is one, `countryCode` is not. */
const WHOLE = new Set(['code', 'key', 'pin', 'hmac']);
/** As most names are: nothing to take apart. */
const ONE_WORD = /^[a-z0-9]*$/;
const HUMP = /([a-z0-9])([A-Z])/g;
const GAP = /[^a-z0-9]+/;

/** Whether free text like `name: value` tells a secret; leaves out the names that are everyday words. */
export function isSecretWord(name: string): boolean {
  if (ONE_WORD.test(name)) return WORDS.has(name) || PARTS.test(name);
  const words = name.replace(HUMP, '$1-$2').toLowerCase().split(GAP);
  return words.some((word) => WORDS.has(word)) || PARTS.test(words.join(''));
}

/** Whether a field, parameter or header of this name holds a secret: `access_token`, `apiKey`, `X-CSRF-Token`, `sig`, `code`. */
export function isSecretName(name: string): boolean {
  return WHOLE.has(name.toLowerCase()) || isSecretWord(name);
}
