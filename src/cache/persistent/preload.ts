import { yieldToMain } from '../../core/yield-to-main.js';
import type { DiskIndex } from './disk-index.js';
import type { EntryReader } from './entry-reader.js';
import type { DiskKey } from './record.js';
import type { DiskEntry } from './write-batch.js';

/** Entries read at once, in between others get their turn. */
const SLICE = 200;

/** Hands the newest entries over, oldest first, so that the newest are the most recently used. Rejects with StorageError. */
export async function preload<V>(
  index: DiskIndex,
  reader: EntryReader<V>,
  count: number,
  admit: (entry: DiskEntry<V>) => void,
): Promise<void> {
  const keys: DiskKey[] = [];
  for (const seq of index.packs.toReversed()) {
    if (keys.length >= count) break;
    for (const { key } of index.entriesOf(seq).toReversed()) keys.push(key);
  }
  keys.length = Math.min(keys.length, count);
  keys.reverse();
  for (let at = 0; at < keys.length; at += SLICE) {
    const entries = await Promise.all(keys.slice(at, at + SLICE).map((key) => reader.read(key)));
    for (const entry of entries) if (entry) admit(entry);
    await yieldToMain();
  }
}
