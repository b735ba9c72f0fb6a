import { isSecretWord, REDACTED } from './secret-names.js';

/** JSON Web Tokens (RFC 7519): two or more parts of base64url, of which the first begins with `{"`; as far as it goes. */
const JWT = /\beyJ[\w-]{8,}(?:\.[\w-]*)*/g;
/** What an Authorization header carries (RFC 9110, 11.6.2), wherever it stands. */
const SCHEME = /\b(Bearer|Basic|Digest|Negotiate)(\s+|%20|\+)[\w.~+/=-]{8,}/gi;
/** Keys that say by how they begin what they are. */
const KNOWN_KEYS =
  /\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|sk-|sk_live_|rk_live_|AKIA|ASIA|AIza|ya29\.)[\w.-]{12,}/g;
/** The user and password of a URL (RFC 3986, 3.2.1). */
const USER_INFO = /((?<![a-z0-9+.-])[a-z][a-z0-9+.-]*:\/\/|^\/\/)[^\s/?#@"'<>]+@/gi;
const PEM = /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?/g;
/** `name=`, `name: `, `"name": `. */
const NAME = /(?<![\w.-])([\w.-]+)["']?\s*[=:]\s*/g;
const VALUE = /"[^"]*"?|'[^']*'?|[^\s&,;"'<>{}[\]]+/y;
/** `<name>value</name>`. */
const ELEMENT = /<([A-Za-z_][\w.:-]*)([^<>]*)>([^<]+)(?=<\/)/g;

/** Shorter runs of characters are not taken for a token. */
const LONG = 32;
const LONG_RUN = new RegExp(`[\\w-]{${LONG},}`, 'g');
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Letters and digits change places this often in what was drawn at random, and hardly ever in words. */
const CHANGES = /[a-z][0-9]|[0-9][a-z]/gi;
const MANY_CHANGES = 4;

const redactRun = (run: string): string =>
  (run.match(CHANGES)?.length ?? 0) >= MANY_CHANGES && !UUID.test(run) ? REDACTED : run;

/** Without one of these none of the patterns matches: most texts are looked at once, and not once a pattern. */
const SUSPICIOUS = /[\w-]{15}|eyJ|@|bearer|basic|digest|negotiate|PRIVATE KEY/i;

/** Whether `redactTokens` may find something. */
export const isSuspicious = (text: string): boolean => SUSPICIOUS.test(text);

/** Takes out what looks like a credential by itself, whatever it is called: JWTs, bearer tokens, API keys, long random runs. */
export function redactTokens(text: string): string {
  if (!isSuspicious(text)) return text;
  return text
    .replace(PEM, REDACTED)
    .replace(SCHEME, `$1$2${REDACTED}`)
    .replace(JWT, REDACTED)
    .replace(KNOWN_KEYS, REDACTED)
    .replace(USER_INFO, `$1${REDACTED}@`)
    .replace(LONG_RUN, redactRun);
}

/** The same, and the values of what is called like a secret in running text, markup or a log line. */
export function redactText(text: string): string {
  return redactTokens(redactValues(redactElements(text)));
}

// Texts are short and many: what shows that there is nothing to find is much cheaper than a pattern.
function redactElements(text: string): string {
  if (!text.includes('</')) return text;
  return text.replace(ELEMENT, (element, name: string, attributes: string) =>
    isSecretWord(name) ? `<${name}${attributes}>${REDACTED}` : element,
  );
}

function redactValues(text: string): string {
  if (!text.includes('=') && !text.includes(':')) return text;
  let result = '';
  let from = 0;
  for (const { 0: pair, 1: name = '', index } of text.matchAll(NAME)) {
    // What is in the value of a secret is gone with it.
    if (index < from || !isSecretWord(name)) continue;
    VALUE.lastIndex = index + pair.length;
    const value = VALUE.exec(text)?.[0];
    if (value === undefined) continue;
    result += text.slice(from, index) + pair + REDACTED;
    from = index + pair.length + value.length;
  }
  return result + text.slice(from);
}
