import type { Bytes, EpochMs } from '../core/units.js';
import { RowColumnsBuilder, toRows } from '../workers/codec/row-columns.js';
import type { OpenPack, Pack, PackInfo } from './store/segment.js';

/** A pack of this many entries is written in one task well below 10 ms. */
const PACK_ENTRIES = 500;
/** And of this size. Compressed by the browser, it stays in its database instead of being spilled to a file. */
const PACK_BYTES: Bytes = 1_000_000;

/** Entries on their way to become a pack. */
interface Chunk {
  readonly rows: RowColumnsBuilder;
  readonly times: EpochMs[];
  bytes: Bytes;
}

/** A pack that is to be written, and what its segment keeps of it. */
export interface ReadyPack {
  readonly pack: Pack;
  readonly info: PackInfo;
  readonly chunk: Chunk;
}

/** Entries that wait to be written, in order, cut into packs as they come. */
export class PackBuffer {
  readonly #maxBytes: Bytes;
  #full: Chunk[] = [];
  #current = emptyChunk();
  #size = 0;

  /** @param maxBytes of a pack, where that is less than what a pack may have anyway. */
  constructor(maxBytes: Bytes) {
    this.#maxBytes = Math.min(PACK_BYTES, maxBytes);
  }

  get size(): number {
    return this.#size;
  }

  /** Whether a pack is full, so that it need not wait for more. */
  get hasFull(): boolean {
    return this.#full.length > 0;
  }

  /** @throws what a getter of the entry throws; it is not added then */
  add(entry: unknown, time: EpochMs): void {
    const chunk = this.#current;
    chunk.bytes += chunk.rows.add(entry);
    chunk.times.push(time);
    this.#size++;
    if (chunk.times.length < PACK_ENTRIES && chunk.bytes < this.#maxBytes) return;
    this.#full.push(chunk);
    this.#current = emptyChunk();
  }

  /** Takes the oldest pack, of at most `maxCount` entries; undefined when nothing waits. */
  take(maxCount: number): ReadyPack | undefined {
    let chunk = this.#full.shift();
    if (!chunk) {
      chunk = this.#current;
      this.#current = emptyChunk();
    }
    if (chunk.times.length === 0) return undefined;
    if (chunk.times.length > maxCount) {
      const { entries, times } = open(chunk);
      this.#full.unshift(chunkOf(entries.slice(maxCount), times.slice(maxCount)));
      chunk = chunkOf(entries.slice(0, maxCount), times.slice(0, maxCount));
    }
    this.#size -= chunk.times.length;
    return toPack(chunk);
  }

  /** Puts packs back that could not be written, in front of all others. */
  restore(packs: readonly ReadyPack[]): void {
    this.#full = [...packs.map(({ chunk }) => chunk), ...this.#full];
    for (const { info } of packs) this.#size += info.count;
  }

  /** Lets the oldest go until at most `limit` wait. @returns how many went */
  trim(limit: number): number {
    let dropped = 0;
    while (this.#size > limit) dropped += this.take(this.#size - limit)?.info.count ?? 0;
    return dropped;
  }

  /** Lets go of what can't be stored (functions, DOM nodes). @returns how many went */
  dropUnclonable(): number {
    const before = this.#size;
    const waiting = this.peek();
    this.#full = [];
    this.#current = emptyChunk();
    this.#size = 0;
    for (const { entries, times } of waiting)
      for (const [at, entry] of entries.entries()) if (isClonable(entry)) this.add(entry, times[at] ?? 0);
    return before - this.#size;
  }

  /** All that waits; it goes on waiting. */
  peek(): OpenPack<unknown>[] {
    return [...this.#full, this.#current].filter(({ times }) => times.length > 0).map(open);
  }
}

const emptyChunk = (): Chunk => ({ rows: new RowColumnsBuilder(), times: [], bytes: 0 });

function chunkOf(entries: readonly unknown[], times: Float64Array): Chunk {
  const chunk = emptyChunk();
  for (const entry of entries) chunk.bytes += chunk.rows.add(entry);
  chunk.times.push(...times);
  return chunk;
}

const open = ({ rows, times }: Chunk): OpenPack<unknown> => ({
  entries: toRows(rows.finish()),
  times: Float64Array.from(times),
});

function isClonable(entry: unknown): boolean {
  try {
    structuredClone(entry);
    return true;
  } catch {
    return false;
  }
}

function toPack(chunk: Chunk): ReadyPack {
  const times = Float64Array.from(chunk.times);
  const pack = { rows: chunk.rows.finish(), times };
  return { pack, info: { count: times.length, bytes: chunk.bytes, ...rangeOf(times) }, chunk };
}

/** The oldest and the newest of some times. */
export function rangeOf(times: Float64Array): { readonly since: EpochMs; readonly until: EpochMs } {
  let since = Number.POSITIVE_INFINITY;
  let until = Number.NEGATIVE_INFINITY;
  for (const time of times) {
    if (time < since) since = time;
    if (time > until) until = time;
  }
  return { since, until };
}
