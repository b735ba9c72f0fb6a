import type { Bytes } from '../core/units.js';
import type { PackReader } from './pack-reader.js';
import type { LogStore } from './store/log-store.js';
import type { CompressedPack, Pack, PackInfo, Segment } from './store/segment.js';

/** Makes packs one and small; undefined where their entries can't be carried exactly. */
export type Squeeze = (packs: readonly Pack[]) => Promise<Uint8Array<ArrayBuffer> | undefined>;

/** In a compressed pack: more are smaller together, fewer are read sooner. */
const BLOCK_ENTRIES = 10_000;
const BLOCK_BYTES: Bytes = 4_000_000;

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
  for (const { from, to } of blocksOf(segment)) {
    const block: Pack[] = [];
    for (let index = from; index < to; index++) {
      const pack = await reader.raw(segment, index);
      // Damaged: what is left of the segment is kept as it lies there.
      if (!pack) return undefined;
      block.push(pack);
    }
    const gzip = await squeeze(block);
    if (!gzip) return undefined;
    packs.push({ gzip });
    infos.push(together(segment.packs.slice(from, to)));
  }
  const compressedBytes = packs.reduce((sum, { gzip }) => sum + gzip.byteLength, 0);
  const compressed: Segment = { ...segment, packs: infos, compressedBytes };
  return (await store.compress(compressed, packs)) ? compressed : undefined;
}

/** Which packs go together, by place: as many as make a block. */
function blocksOf({ packs }: Segment): { readonly from: number; readonly to: number }[] {
  const blocks: { from: number; to: number }[] = [];
  let from = 0;
  let [count, bytes] = [0, 0];
  for (const [index, pack] of packs.entries()) {
    count += pack.count;
    bytes += pack.bytes;
    if (count < BLOCK_ENTRIES && bytes < BLOCK_BYTES && index < packs.length - 1) continue;
    blocks.push({ from, to: index + 1 });
    from = index + 1;
    [count, bytes] = [0, 0];
  }
  return blocks;
}

const together = (packs: readonly PackInfo[]): PackInfo => ({
  count: packs.reduce((sum, { count }) => sum + count, 0),
  bytes: packs.reduce((sum, { bytes }) => sum + bytes, 0),
  since: Math.min(...packs.map(({ since }) => since)),
  until: Math.max(...packs.map(({ until }) => until)),
});
