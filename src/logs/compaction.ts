import { rangeOf } from './pack-buffer.js';
import type { PackReader } from './pack-reader.js';
import type { LogStore } from './store/log-store.js';
import { type CompressedPack, countOf, type Pack, type PackInfo, type Segment } from './store/segment.js';

/** Makes a pack small; undefined where its entries are nothing that can be carried exactly. */
export type Squeeze = (pack: Pack) => Promise<Uint8Array<ArrayBuffer> | undefined>;

/** Entries in a compressed pack: more are smaller together, fewer are read in a shorter task. */
const BLOCK_ENTRIES = 2_000;

/** Entries gathered from a segment's packs until they make a block. */
class Block {
  readonly entries: unknown[] = [];
  readonly #times: number[] = [];
  #bytes = 0;

  add({ entries, times }: Pack, { bytes }: PackInfo): void {
    for (const entry of entries) this.entries.push(entry);
    for (const time of times) this.#times.push(time);
    this.#bytes += bytes;
  }

  get pack(): Pack {
    return { entries: this.entries, times: Float64Array.from(this.#times) };
  }

  get info(): PackInfo {
    const { times } = this.pack;
    return { count: times.length, bytes: this.#bytes, ...rangeOf(times) };
  }
}

/**
 * Compresses one sealed segment: reads its packs one by one, and puts fewer, larger and smaller ones in their place.
 * @returns the segment as it is then; undefined where it stays as it was
 * @throws StorageError, or what `squeeze` rejects with
 */
export async function compactSegment(
  segment: Segment,
  store: LogStore,
  reader: PackReader<unknown>,
  squeeze: Squeeze,
): Promise<Segment | undefined> {
  const packs: CompressedPack[] = [];
  const infos: PackInfo[] = [];
  let block = new Block();
  const finish = async (): Promise<boolean> => {
    const gzip = await squeeze(block.pack);
    if (!gzip) return false;
    packs.push({ gzip });
    infos.push(block.info);
    block = new Block();
    return true;
  };
  for (const [index, info] of segment.packs.entries()) {
    const pack = await reader.read(segment, index);
    // Damaged: what is left of the segment is kept as it lies there.
    if (!pack) return undefined;
    block.add(pack, info);
    if (block.entries.length >= BLOCK_ENTRIES && !(await finish())) return undefined;
  }
  if (block.entries.length > 0 && !(await finish())) return undefined;
  const compressedBytes = packs.reduce((sum, { gzip }) => sum + gzip.byteLength, 0);
  const compressed: Segment = { ...segment, packs: infos, compressedBytes };
  if (countOf(compressed) !== countOf(segment)) return undefined;
  return (await store.compress(compressed, packs)) ? compressed : undefined;
}
