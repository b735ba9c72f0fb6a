import type { DiskIndex } from './disk-index.js';
import type { PackDatabase } from './pack-database.js';
import type { PackReader } from './pack-reader.js';
import { NO_REMOVALS, type PackWriter } from './pack-writer.js';
import { slotAt } from './slot.js';

/** Packs written anew in one transaction. */
const PACKS = 8;

export interface CompactionParts {
  readonly index: DiskIndex;
  readonly database: PackDatabase;
  readonly reader: PackReader;
  readonly writer: PackWriter;
}

/**
 * Writes what still lives in the oldest packs at the end of the log, and removes them. As it is always the oldest, nothing
 * can come back that a removed head had deleted. @returns false when another tab changed them meanwhile, and nothing was done
 */
export async function compactOldest({ index, database, reader, writer }: CompactionParts): Promise<boolean> {
  const seqs = index.packs.slice(0, PACKS);
  const last = seqs.at(-1);
  if (last === undefined) return false;
  // One that only removed something has a head and nothing to read.
  const packs = await reader.open(seqs.filter((seq) => index.entriesOf(seq).length > 0));
  const moved = seqs.flatMap((seq) => {
    const pack = packs.get(seq);
    return pack ? index.entriesOf(seq).map((entry) => ({ entry, slot: slotAt(pack, entry.slot, entry) })) : [];
  });
  const slots = moved.map(({ slot: { key, expiresAt, tags, bytes, text, value } }) => ({
    key,
    expiresAt,
    tags,
    bytes,
    text,
    value,
  }));
  const added = moved.length === 0 ? [] : await writer.packUp(slots, NO_REMOVALS);
  return await database.append(added, last + 1, () => moved.every(({ entry }) => index.isAt(entry.key, entry)));
}
