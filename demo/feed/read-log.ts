import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parseAccessLogLine } from './access-log.js';
import type { FeedSource, TrafficEntry } from './traffic-entry.js';

/** Entries kept of one file; a longer one is looped over its beginning. */
const MAX_ENTRIES = 500_000;

export interface AccessLog {
  readonly source: FeedSource & { readonly kind: 'log' };
  readonly entries: readonly TrafficEntry[];
}

/**
 * Reads an access log in combined format, plain or gzipped (told by its first bytes).
 * @throws when the file cannot be read or holds no line in that format.
 */
export async function readAccessLog(file: string, maxEntries: number = MAX_ENTRIES): Promise<AccessLog> {
  const entries: TrafficEntry[] = [];
  let unparsable = 0;
  let truncated = false;
  for await (const line of createInterface({ input: await openText(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    if (entries.length >= maxEntries) {
      truncated = true;
      break;
    }
    const entry = parseAccessLogLine(line);
    if (entry) entries.push(entry);
    else unparsable++;
  }
  if (entries.length === 0)
    throw new Error(`${file}: no line is in Apache/nginx combined format (${unparsable} looked at)`);
  return { source: { kind: 'log', name: basename(file), entries: entries.length, unparsable, truncated }, entries };
}

async function openText(file: string): Promise<Readable> {
  const handle = await open(file);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
  const raw = handle.createReadStream({ start: 0 });
  const gzipped = bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  if (!gzipped) return raw;
  const text = createGunzip();
  raw.on('error', (error) => text.destroy(error));
  text.on('close', () => raw.destroy());
  return raw.pipe(text);
}
