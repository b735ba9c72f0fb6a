import { redactPairs } from './redact-pairs.js';
import { redactTokens } from './redact-text.js';
import { REDACTED } from './secret-names.js';

/** Nothing to look into: no query, fragment, parameter, user, port of a scheme that holds data, or long run. */
const PLAIN = /^(?!data:)[^?#;@]*$/i;
const LONG_RUN = /[\w-]{20}/;

/**
 * A URL without its secrets: user and password, parameters of query, fragment and path by their names, and what looks like
 * a token anywhere. Of a `data:` URL only the type is left.
 */
export function redactUrl(url: string): string {
  if (PLAIN.test(url) && !LONG_RUN.test(url)) return url;
  if (/^data:/i.test(url)) return `${/^data:[^,;]*/i.exec(url)?.[0] ?? 'data:'},${REDACTED}`;
  const end = url.search(/[?#]/);
  if (end < 0) return redactPath(url);
  return redactPath(url.slice(0, end)) + redactTokens(redactPairs(url.slice(end)));
}

/** Parameters of a path stand behind a `;` (RFC 3986, 3.3). */
const redactPath = (path: string): string => redactTokens(path.includes(';') ? redactPairs(path) : path);
