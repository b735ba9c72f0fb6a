import type { Bytes, EpochMs } from '../core/units.js';
import type { Pack, PackInfo } from './store/segment.js';

/** A pack of this many entries is written in one task well below 10 ms. */
const PACK_ENTRIES = 500;
/** And of this size. Compressed by the browser, it stays in its database instead of being spilled to a file. */
const PACK_BYTES: Bytes = 1_000_000;

/** Entries on their way to become a pack. */
interface Chunk<Entry> {
  readonly entries: Entry[];
  readonly times: EpochMs[];
  readonly sizes: Bytes[];
  bytes: Bytes;
}

/** A pack that is to be written, and what its segment keeps of it. */
export interface ReadyPack<Entry = unknown> {
  readonly pack: Pack<Entry>;
  readonly info: PackInfo;
  readonly sizes: readonly Bytes[];
}

/** Entries that wait to be written, in order, cut into packs as they come. */
export class PackBuffer<Entry = unknown> {
  readonly #maxBytes: Bytes;
  #full: Chunk<Entry>[] = [];
  #current: Chunk<Entry> = emptyChunk();
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

  add(entry: Entry, time: EpochMs, bytes: Bytes): void {
    const chunk = this.#current;
    chunk.entries.push(entry);
    chunk.times.push(time);
    chunk.sizes.push(bytes);
    chunk.bytes += bytes;
    this.#size++;
    if (chunk.entries.length >= PACK_ENTRIES || chunk.bytes >= this.#maxBytes) {
      this.#full.push(chunk);
      this.#current = emptyChunk();
    }
  }

  /** Takes the oldest pack, of at most `maxCount` entries; undefined when nothing waits. */
  take(maxCount: number): ReadyPack<Entry> | undefined {
    let chunk = this.#full.shift();
    if (!chunk) {
      chunk = this.#current;
      this.#current = emptyChunk();
    }
    if (chunk.entries.length === 0) return undefined;
    if (chunk.entries.length > maxCount) {
      const rest = sliceChunk(chunk, maxCount);
      this.#full.unshift(rest);
      chunk = sliceChunk(chunk, 0, maxCount);
    }
    this.#size -= chunk.entries.length;
    return toPack(chunk);
  }

  /** Puts packs back that could not be written, in front of all others. */
  restore(packs: readonly ReadyPack<Entry>[]): void {
    const chunks = packs.map(({ pack, info, sizes }) => ({
      entries: [...pack.entries],
      times: [...pack.times],
      sizes: [...sizes],
      bytes: info.bytes,
    }));
    this.#full = [...chunks, ...this.#full];
    for (const { entries } of chunks) this.#size += entries.length;
  }

  /** Lets the oldest go until at most `limit` wait. @returns how many went */
  trim(limit: number): number {
    let dropped = 0;
    while (this.#size > limit) {
      const excess = this.#size - limit;
      dropped += this.take(excess)?.info.count ?? 0;
    }
    return dropped;
  }

  /** Lets go of what can't be stored (functions, DOM nodes). @returns how many went */
  dropUnclonable(): number {
    const before = this.#size;
    const chunks = [...this.#full, this.#current];
    this.#full = [];
    this.#current = emptyChunk();
    this.#size = 0;
    for (const { entries, times, sizes } of chunks) {
      for (const [at, entry] of entries.entries()) {
        if (isClonable(entry)) this.add(entry, times[at] ?? 0, sizes[at] ?? 0);
      }
    }
    return before - this.#size;
  }

  /** All that waits, as one pack; it goes on waiting. */
  peek(): Pack<Entry> {
    const chunks = [...this.#full, this.#current];
    return {
      entries: chunks.flatMap(({ entries }) => entries),
      times: Float64Array.from(chunks.flatMap(({ times }) => times)),
    };
  }
}

function isClonable(entry: unknown): boolean {
  try {
    structuredClone(entry);
    return true;
  } catch {
    return false;
  }
}

const emptyChunk = <Entry>(): Chunk<Entry> => ({ entries: [], times: [], sizes: [], bytes: 0 });

function sliceChunk<Entry>({ entries, times, sizes }: Chunk<Entry>, from: number, to?: number): Chunk<Entry> {
  const kept = sizes.slice(from, to);
  return {
    entries: entries.slice(from, to),
    times: times.slice(from, to),
    sizes: kept,
    bytes: kept.reduce((sum, size) => sum + size, 0),
  };
}

function toPack<Entry>({ entries, times, sizes, bytes }: Chunk<Entry>): ReadyPack<Entry> {
  const all = Float64Array.from(times);
  return { pack: { entries, times: all }, info: { count: entries.length, bytes, ...rangeOf(all) }, sizes };
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
