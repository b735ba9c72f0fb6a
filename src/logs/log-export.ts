import { describe } from '../core/errors.js';
import { harEntry } from './har.js';

/** The forms that a log can be exported in. */
export const LogFormat = {
  /** One JSON value a line. */
  NDJSON: 'ndjson',
  /** The same, gzipped. */
  NDJSON_GZ: 'ndjson.gz',
  /** One JSON array. */
  JSON: 'json',
  /** HTTP Archive 1.2 of the entries that tell of requests (http://www.softwareishard.com/blog/har-12-spec/). */
  HAR: 'har',
} as const;
export type LogFormat = (typeof LogFormat)[keyof typeof LogFormat];

interface Writer {
  readonly head: string;
  readonly separator: string;
  readonly tail: string;
  /** Undefined for an entry that has no place in the form. */
  readonly write: (entry: unknown) => string | undefined;
}

const HAR_HEAD = '{"log":{"version":"1.2","creator":{"name":"poise","version":"1"},"entries":[\n';
const LINES: Writer = { head: '', separator: '\n', tail: '\n', write: toJson };
const WRITERS: Readonly<Record<LogFormat, Writer>> = {
  ndjson: LINES,
  'ndjson.gz': LINES,
  json: { head: '[\n', separator: ',\n', tail: '\n]\n', write: toJson },
  har: {
    head: HAR_HEAD,
    separator: ',\n',
    tail: '\n]}}\n',
    write: (entry) => {
      const har = harEntry(entry);
      return har && toJson(har);
    },
  },
};

/** Entries written in one go. */
const CHUNK_ENTRIES = 250;

/** A log as a stream of bytes: asked for bit by bit, so that memory stays flat whatever its length. */
export function exportLog(entries: AsyncIterator<unknown>, format: LogFormat): ReadableStream<Uint8Array<ArrayBuffer>> {
  const { head, separator, tail, write } = WRITERS[format];
  const encoder = new TextEncoder();
  let lead = head;
  return new ReadableStream(
    {
      async pull(controller) {
        let text = '';
        for (let count = 0; count < CHUNK_ENTRIES || text === ''; count++) {
          const next = await entries.next();
          if (next.done) {
            // Nothing was written: what begins the form is still to come, and an empty list of lines has no end.
            const end = lead === separator ? tail : head && head + tail;
            if (text || end) controller.enqueue(encoder.encode(text + end));
            controller.close();
            return;
          }
          const line = write(next.value);
          if (line === undefined) continue;
          text += lead + line;
          lead = separator;
        }
        controller.enqueue(encoder.encode(text));
      },
      async cancel() {
        await entries.return?.();
      },
    },
    { highWaterMark: 1 },
  );
}

/** JSON of any entry; what JSON can't say is said in words, as an export should hold every line. */
function toJson(entry: unknown): string {
  try {
    return JSON.stringify(entry, replaceBigInt) ?? 'null';
  } catch (cause) {
    return JSON.stringify({ unreadable: describe(cause) });
  }
}

const replaceBigInt = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}` : value);
