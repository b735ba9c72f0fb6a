/** What stands in the place of a secret. */
export const REDACTED = '[redacted]';

/** A name with one of these in it, whatever stands around it and however it is written, names a secret. */
const PARTS =
  /token|secret|passw|passphrase|passcode|apikey|accesskey|privatekey|subscriptionkey|authkey|credential|signature|authoriz|authenticat|session|cookie|bearer|jwt|csrf|xsrf|assertion|codeverifier|otpcode/;
/** A word of a name that names a secret by itself. */
const WORDS = /(?:^|[^a-z0-9])(?:auth|sid|sig|pwd|pass|pw|otp|totp|cvv|cvc|ssn|saml)(?:$|[^a-z0-9])/;
/** Names of secrets only where they are the whole name: `code` is one, `countryCode` is not. */
const WHOLE = /^(?:code|key|pin|hmac)$/;

/** Whether free text like `name: value` tells a secret; leaves out the names that are everyday words. */
export function isSecretWord(name: string): boolean {
  const lower = name.toLowerCase();
  if (PARTS.test(lower.replace(/[^a-z0-9]/g, ''))) return true;
  return WORDS.test(name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase());
}

/** Whether a field, parameter or header of this name holds a secret: `access_token`, `apiKey`, `X-CSRF-Token`, `sig`, `code`. */
export function isSecretName(name: string): boolean {
  return WHOLE.test(name.toLowerCase()) || isSecretWord(name);
}
