import type { FeedSource, TrafficEntry } from './traffic-entry.js';

/** The first message of a connection. */
export interface HelloMessage {
  readonly type: 'hello';
  readonly source: FeedSource;
}

/**
 * The entries of about one frame. Strings are sent once and then named by their number; `rows` holds eight
 * numbers an entry: time, host, method, url, status, bytes, referrer, agent, with -1 for what is absent.
 */
export interface BatchMessage {
  readonly type: 'batch';
  /** Epoch milliseconds. */
  readonly sentAt: number;
  /** Entries left out so far because the page did not keep up. */
  readonly skipped: number;
  /** Forget all strings of before. */
  readonly reset: boolean;
  readonly strings: readonly string[];
  readonly rows: readonly number[];
}

export type FeedMessage = HelloMessage | BatchMessage;

/** Numbers an entry takes in `rows`. */
const FIELDS = 8;
const ABSENT = -1;
/** Strings that both ends keep; past it both start afresh. */
const MAX_STRINGS = 65_536;

/** Makes the batches of one connection. */
export class BatchEncoder {
  #numbers = new Map<string, number>();
  #added: string[] = [];

  encode(entries: readonly TrafficEntry[], sentAt: number, skipped: number): BatchMessage {
    // An entry adds five strings at most, so that one batch's strings always fit.
    const reset = this.#numbers.size + entries.length * 5 > MAX_STRINGS;
    if (reset) this.#numbers = new Map();
    const rows: number[] = [];
    for (const { time, host, method, url, status, bytes, referrer, agent } of entries) {
      rows.push(time, this.#number(host), this.#number(method), this.#number(url));
      rows.push(status, bytes ?? ABSENT, this.#number(referrer), this.#number(agent));
    }
    const strings = this.#added;
    this.#added = [];
    return { type: 'batch', sentAt, skipped, reset, strings, rows };
  }

  #number(text: string | undefined): number {
    if (text === undefined) return ABSENT;
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(text, number);
    this.#added.push(text);
    return number;
  }
}

/** Reads the batches of one connection, in order. */
export class BatchDecoder {
  #strings: string[] = [];

  decode({ reset, strings, rows }: BatchMessage): TrafficEntry[] {
    if (reset) this.#strings = [];
    for (const text of strings) this.#strings.push(text);
    const entries: TrafficEntry[] = [];
    for (let at = 0; at + FIELDS <= rows.length; at += FIELDS) {
      const bytes = rows[at + 5] ?? ABSENT;
      entries.push({
        time: rows[at] ?? 0,
        host: this.#strings[rows[at + 1] ?? ABSENT] ?? '-',
        method: this.#strings[rows[at + 2] ?? ABSENT] ?? '-',
        url: this.#strings[rows[at + 3] ?? ABSENT] ?? '-',
        status: rows[at + 4] ?? 0,
        bytes: bytes === ABSENT ? undefined : bytes,
        referrer: this.#strings[rows[at + 6] ?? ABSENT],
        agent: this.#strings[rows[at + 7] ?? ABSENT],
      });
    }
    return entries;
  }
}

/** Reads a message from the server; `undefined` for anything else. */
export function parseFeedMessage(data: unknown): FeedMessage | undefined {
  const message = parseJson(data);
  return isFeedMessage(message) ? message : undefined;
}

/** Reads the rate that a page asks for, `{ "rate": 200 }`; `undefined` for anything else. */
export function parseRateRequest(data: unknown, lowest: number, highest: number): number | undefined {
  const message = parseJson(data);
  if (typeof message !== 'object' || message === null || !('rate' in message)) return undefined;
  const { rate } = message;
  return typeof rate === 'number' && rate >= lowest && rate <= highest ? rate : undefined;
}

function parseJson(data: unknown): unknown {
  try {
    return JSON.parse(String(data));
  } catch {
    return undefined;
  }
}

/** Looks at the outside only: both ends are of one build, so what could differ is whether it is a message at all. */
function isFeedMessage(message: unknown): message is FeedMessage {
  if (typeof message !== 'object' || message === null || !('type' in message)) return false;
  if (message.type === 'hello')
    return 'source' in message && typeof message.source === 'object' && message.source !== null;
  return (
    message.type === 'batch' &&
    'rows' in message &&
    Array.isArray(message.rows) &&
    'strings' in message &&
    Array.isArray(message.strings)
  );
}
