import { redactPairs } from './redact-pairs.js';
import { isSuspicious, redactTokens } from './redact-text.js';
import { REDACTED } from './secret-names.js';

const DATA = /^data:/i;
/** Nothing to look into: no parameter, user, port of a scheme that holds data, or long run. */
const PLAIN = /^[^;@]*$/;
const LONG_RUN = /[\w-]{20}/;

/**
 * A URL without its secrets: user and password, parameters of query, fragment and path by their names, and what looks like
 * a token anywhere. Of a `data:` URL only the type is left.
 */
export function redactUrl(url: string): string {
  if (DATA.test(url)) return `${/^data:[^,;]*/i.exec(url)?.[0] ?? 'data:'},${REDACTED}`;
  const end = endOfPath(url);
  if (end === url.length && PLAIN.test(url) && !LONG_RUN.test(url)) return url;
  const path = url.slice(0, end);
  const rest = url.slice(end);
  // Parameters of a path stand behind a `;` (RFC 3986, 3.3).
  const safePath = path.includes(';') ? redactPairs(path) : path;
  const safeRest = redactPairs(rest);
  // Looked at once, and not once a part: most URLs hold nothing.
  if (safePath === path && safeRest === rest && !isSuspicious(url)) return url;
  return redactTokens(safePath) + redactTokens(safeRest);
}

/** Where the query or the fragment begins, or the end. */
function endOfPath(url: string): number {
  const query = url.indexOf('?');
  const fragment = url.indexOf('#');
  if (query < 0) return fragment < 0 ? url.length : fragment;
  return fragment < 0 ? query : Math.min(query, fragment);
}
