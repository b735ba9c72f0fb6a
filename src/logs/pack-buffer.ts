import { isJsonFaithful, isPlainObject } from '../core/json-faithful.js';
import { estimateBytes } from '../core/size-estimate.js';
import type { Bytes, EpochMs } from '../core/units.js';
import type { Pack, PackInfo } from './store/segment.js';

/** A pack of this many entries is written in one task well below 10 ms. */
const PACK_ENTRIES = 500;
/** And of this size. Compressed by the browser, it stays in its database instead of being spilled to a file. */
const PACK_BYTES: Bytes = 1_000_000;

/** Entries on their way to become a pack: JSON texts, or all of them values as soon as one is nothing for JSON. */
interface Chunk {
  texts: string[] | undefined;
  values: unknown[];
  times: EpochMs[];
  sizes: Bytes[];
  bytes: Bytes;
}

/** A pack that is to be written, and what its segment keeps of it. */
export interface ReadyPack {
  readonly pack: Pack;
  readonly info: PackInfo;
  readonly chunk: Chunk;
}

/** Entries that wait to be written, in order, cut into packs as they come. */
export class PackBuffer<Entry> {
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

  add(entry: Entry, time: EpochMs): void {
    const text = jsonOf(entry);
    this.#push(entry, text, time, text === undefined ? estimateBytes(entry) : text.length);
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
      this.#full.unshift(sliceChunk(chunk, maxCount));
      chunk = sliceChunk(chunk, 0, maxCount);
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
    const chunks = [...this.#full, this.#current];
    this.#full = [];
    this.#current = emptyChunk();
    this.#size = 0;
    for (const { texts, values, times, sizes } of chunks) {
      for (const [at, time] of times.entries()) {
        if (texts || isClonable(values[at])) this.#push(values[at], texts?.[at], time, sizes[at] ?? 0);
      }
    }
    return before - this.#size;
  }

  /** All that waits; it goes on waiting. */
  peek(): Pack[] {
    return [...this.#full, this.#current].filter(({ times }) => times.length > 0).map((chunk) => toPack(chunk).pack);
  }

  #push(value: unknown, text: string | undefined, time: EpochMs, bytes: Bytes): void {
    const chunk = this.#current;
    if (text === undefined) toValues(chunk);
    if (chunk.texts && text !== undefined) chunk.texts.push(text);
    else chunk.values.push(value ?? (text !== undefined && JSON.parse(text)));
    chunk.times.push(time);
    chunk.sizes.push(bytes);
    chunk.bytes += bytes;
    this.#size++;
    if (chunk.times.length < PACK_ENTRIES && chunk.bytes < this.#maxBytes) return;
    this.#full.push(chunk);
    this.#current = emptyChunk();
  }
}

/** The entry as JSON; undefined where that would change it, but for fields that are undefined: those are left out. */
function jsonOf(entry: unknown): string | undefined {
  if (!isPlainObject(entry)) return isJsonFaithful(entry) ? JSON.stringify(entry) : undefined;
  for (const key in entry) {
    const value = entry[key];
    if (value !== undefined && !isJsonFaithful(value)) return undefined;
  }
  return JSON.stringify(entry);
}

function isClonable(entry: unknown): boolean {
  try {
    structuredClone(entry);
    return true;
  } catch {
    return false;
  }
}

const emptyChunk = (): Chunk => ({ texts: [], values: [], times: [], sizes: [], bytes: 0 });

const parseTexts = (texts: readonly string[]): unknown[] => JSON.parse(`[${texts.join()}]`);

/** From now on the chunk holds values. */
function toValues(chunk: Chunk): void {
  if (!chunk.texts) return;
  chunk.values = parseTexts(chunk.texts);
  chunk.texts = undefined;
}

function sliceChunk({ texts, values, times, sizes }: Chunk, from: number, to?: number): Chunk {
  const kept = sizes.slice(from, to);
  return {
    texts: texts?.slice(from, to),
    values: values.slice(from, to),
    times: times.slice(from, to),
    sizes: kept,
    bytes: kept.reduce((sum, size) => sum + size, 0),
  };
}

function toPack(chunk: Chunk): ReadyPack {
  const times = Float64Array.from(chunk.times);
  const pack = chunk.texts ? { json: `[${chunk.texts.join()}]`, times } : { entries: chunk.values, times };
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
