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
  const from = url.search(/[?#;]/);
  if (from < 0) return redactTokens(url);
  return redactTokens(url.slice(0, from)) + redactFrom(url.slice(from));
}

/** What follows the path. Parts without a `=` may be tokens too. */
const redactFrom = (rest: string): string => redactTokens(redactPairs(rest));
