import type { TrafficEntry } from './traffic-entry.js';

/** A longer line is not an access log's. */
const MAX_LINE_LENGTH = 16_384;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DATE = /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})$/;
const REQUEST = /^([A-Za-z]+) (\S.*?)(?: HTTP\/\d(?:\.\d)?)?$/;

/**
 * Reads one line in the combined format of Apache and nginx:
 * `host ident user [date] "request" status bytes "referrer" "agent"`. Referrer and agent may be missing (common
 * format) and more may follow them. Gives `undefined` for any other line; never throws.
 */
export function parseAccessLogLine(line: string): TrafficEntry | undefined {
  if (line.length > MAX_LINE_LENGTH) return undefined;
  const scanner = new Scanner(line);
  const host = scanner.until(' ');
  if (!host || !scanner.until(' ')) return undefined;
  // A user name may hold spaces, so the date's bracket ends it.
  if (!scanner.until(' [')) return undefined;
  const time = parseDate(scanner.until('] ') ?? '');
  const request = scanner.quoted();
  if (time === undefined || request === undefined || !scanner.skip(' ')) return undefined;
  const status = parseCount(scanner.until(' '));
  const bytes = scanner.word();
  if (status === undefined || status > 999 || !(bytes === '-' || parseCount(bytes) !== undefined)) return undefined;
  const extras = parseExtras(scanner);
  if (!extras) return undefined;
  return { time, host, ...parseRequest(request), status, bytes: parseCount(bytes), ...extras };
}

/** The path of a requested URL: without query and fragment, and without the origin that a proxy's request has. */
export function pathOf(url: string): string {
  const path = /^[^?#]*/.exec(url.replace(/^[a-z]+:\/\/[^/?#]*/i, ''))?.[0] ?? '';
  return path === '' ? '/' : path;
}

function parseExtras(scanner: Scanner): Pick<TrafficEntry, 'referrer' | 'agent'> | undefined {
  if (scanner.ended) return { referrer: undefined, agent: undefined };
  if (!scanner.skip(' ')) return undefined;
  const referrer = scanner.quoted();
  if (referrer === undefined || !scanner.skip(' ')) return undefined;
  const agent = scanner.quoted();
  if (agent === undefined) return undefined;
  return { referrer: given(referrer), agent: given(agent) };
}

function parseRequest(request: string): Pick<TrafficEntry, 'method' | 'url'> {
  const parts = REQUEST.exec(request);
  return { method: parts?.[1] ?? '-', url: parts?.[2] ?? (request === '' ? '-' : request) };
}

function parseDate(text: string): number | undefined {
  const parts = DATE.exec(text);
  if (!parts) return undefined;
  const [day, year, hour, minute, second, zoneHour, zoneMinute] = [1, 3, 4, 5, 6, 8, 9].map((at) => Number(parts[at]));
  const month = MONTHS.indexOf(parts[2] ?? '');
  const local = Date.UTC(year ?? 0, month, day, hour, minute, second);
  const date = new Date(local);
  // Rolled over: the day, the hour or the like does not exist. A leap second may.
  const exists = date.getUTCMonth() === month || second === 60;
  if (month < 0 || (hour ?? 24) > 23 || (minute ?? 60) > 59 || (second ?? 61) > 60 || !exists) return undefined;
  const offsetMs = ((zoneHour ?? 0) * 60 + (zoneMinute ?? 0)) * 60_000;
  return parts[7] === '-' ? local + offsetMs : local - offsetMs;
}

function parseCount(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

const given = (text: string): string | undefined => (text === '-' || text === '' ? undefined : text);

/** Walks along one line. Every step either succeeds and moves on, or fails and is the end of the parse. */
class Scanner {
  readonly #line: string;
  #at = 0;

  constructor(line: string) {
    this.#line = line;
  }

  get ended(): boolean {
    return this.#at >= this.#line.length;
  }

  /** What stands before `mark`, which is passed. */
  until(mark: string): string | undefined {
    const end = this.#line.indexOf(mark, this.#at);
    if (end < 0) return undefined;
    const found = this.#line.slice(this.#at, end);
    this.#at = end + mark.length;
    return found;
  }

  /** What stands before the next space or the end; the space is not passed. */
  word(): string {
    const space = this.#line.indexOf(' ', this.#at);
    const end = space < 0 ? this.#line.length : space;
    const found = this.#line.slice(this.#at, end);
    this.#at = end;
    return found;
  }

  skip(mark: string): boolean {
    const there = this.#line.startsWith(mark, this.#at);
    if (there) this.#at += mark.length;
    return there;
  }

  /** A field in quotes, in which a backslash escapes: Apache writes `\"`, nginx `\x22`. */
  quoted(): string | undefined {
    if (!this.skip('"')) return undefined;
    const start = this.#at;
    for (let at = start; at < this.#line.length; at++) {
      if (this.#line[at] === '\\') at++;
      else if (this.#line[at] === '"') {
        this.#at = at + 1;
        return unescapeField(this.#line.slice(start, at));
      }
    }
    return undefined;
  }
}

/** Undoes the escapes of printable characters; control characters and bytes outside ASCII stay escaped, so visible. */
function unescapeField(field: string): string {
  if (!field.includes('\\')) return field;
  return field.replace(
    /\\(?:x([2-7][0-9A-Fa-f])|(["\\]))/g,
    (whole, hex: string | undefined, mark: string | undefined) => {
      if (mark !== undefined) return mark;
      return hex === undefined || hex.toLowerCase() === '7f' ? whole : String.fromCharCode(Number.parseInt(hex, 16));
    },
  );
}
