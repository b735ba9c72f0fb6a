import { redactText, redactTokens } from './redact-text.js';
import { isSecretName, REDACTED } from './secret-names.js';

/** A string with its quotes, the last of which may be missing where the text was cut. */
const STRING = /"(?:[^"\\]|\\[\s\S])*"?/y;
const COLON = /\s*:\s*/y;
const PRIMITIVE = /[^,\]}\s]*/y;

/**
 * Redacts JSON as text, so that it may be cut anywhere and is never built up: the values of members called like secrets,
 * of any kind, and what looks like a token in any string.
 * @param redactString redacts a string that may hold a document of its own
 */
export function redactJson(json: string, redactString: (text: string) => string): string {
  let result = '';
  let from = 0;
  for (let at = json.indexOf('"'); at >= 0; at = json.indexOf('"', from)) {
    const string = matchAt(STRING, json, at);
    const after = at + string.length;
    const colon = matchAt(COLON, json, after);
    result += redactGap(json.slice(from, at));
    if (colon === '') {
      result += redactValue(string, redactString);
      from = after;
      continue;
    }
    const valueAt = after + colon.length;
    const secret = isSecretName(textOf(string));
    result += redactTokens(string) + colon;
    from = secret ? endOfValue(json, valueAt) : valueAt;
    if (secret) result += `"${REDACTED}"`;
  }
  return result + redactGap(json.slice(from));
}

/** What stands between strings: punctuation and numbers, or prose where it is no JSON. */
const redactGap = (gap: string): string => (gap.length > 3 ? redactText(gap) : gap);

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

/** What a string literal says; as it stands where it was cut. */
function textOf(string: string): string {
  try {
    return String(JSON.parse(string));
  } catch {
    return string.replace(/^"|"$/g, '');
  }
}

function redactValue(string: string, redactString: (text: string) => string): string {
  const text = textOf(string);
  const redacted = redactString(text);
  return redacted === text ? string : JSON.stringify(redacted);
}

/** Behind the value that begins at `at`, with all that is nested in it. */
function endOfValue(json: string, at: number): number {
  const first = json[at];
  if (first === '"') return at + matchAt(STRING, json, at).length;
  if (first !== '{' && first !== '[') return at + matchAt(PRIMITIVE, json, at).length;
  let depth = 0;
  for (let next = at; next < json.length; next++) {
    const char = json[next];
    if (char === '"') next += matchAt(STRING, json, next).length - 1;
    else if (char === '{' || char === '[') depth++;
    else if ((char === '}' || char === ']') && --depth === 0) return next + 1;
  }
  return json.length;
}
