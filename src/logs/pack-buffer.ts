import type { Bytes, EpochMs } from '../core/units.js';
import { tableUpTo } from '../workers/codec/table-maker.js';
import type { OpenPack, Pack, PackInfo } from './store/segment.js';

/** A pack of this many entries is made and written in one task well below 10 ms. */
const PACK_ENTRIES = 2_000;
/** And of this size. */
const PACK_BYTES: Bytes = 1_000_000;

/** A pack that is to be written, and what its segment keeps of it. */
export interface ReadyPack {
  readonly pack: Pack;
  readonly info: PackInfo;
  /** What it was made of, for when it can't be written. */
  readonly entries: readonly unknown[];
}

/** Entries that wait to be written, in order. Nothing but a reference is kept of each until its pack is made. */
export class PackBuffer {
  readonly #maxBytes: Bytes;
  #entries: unknown[] = [];
  #times: EpochMs[] = [];
  /** Those before are gone already. */
  #from = 0;

  /** @param maxBytes of a pack, where that is less than what a pack may have anyway. */
  constructor(maxBytes: Bytes) {
    this.#maxBytes = Math.min(PACK_BYTES, maxBytes);
  }

  get size(): number {
    return this.#entries.length - this.#from;
  }

  /** Whether there is enough for a pack, so that it need not wait for more. */
  get hasFull(): boolean {
    return this.size >= PACK_ENTRIES;
  }

  add(entry: unknown, time: EpochMs): void {
    this.#entries.push(entry);
    this.#times.push(time);
  }

  /**
   * Takes the oldest pack, of at most `maxCount` entries; undefined when nothing waits.
   * @throws what a getter of an entry throws; nothing is taken then
   */
  take(maxCount: number): ReadyPack | undefined {
    const most = Math.min(this.size, maxCount, PACK_ENTRIES);
    if (most === 0) return undefined;
    const { table, bytes } = tableUpTo(this.#entries.slice(this.#from, this.#from + most), this.#maxBytes);
    const { count } = table;
    const entries = this.#entries.slice(this.#from, this.#from + count);
    const times = new Float64Array(this.#times.slice(this.#from, this.#from + count));
    this.#drop(count);
    return { pack: { table, times }, info: { count, bytes, ...rangeOf(times) }, entries };
  }

  /** Puts packs back that could not be written, in front of all others. */
  restore(packs: readonly ReadyPack[]): void {
    this.#entries = [...packs.flatMap(({ entries }) => entries), ...this.#entries.slice(this.#from)];
    this.#times = [...packs.flatMap(({ pack }) => [...pack.times]), ...this.#times.slice(this.#from)];
    this.#from = 0;
  }

  /** Lets the oldest go until at most `limit` wait. @returns how many went */
  trim(limit: number): number {
    const surplus = Math.max(0, this.size - limit);
    this.#drop(surplus);
    return surplus;
  }

  /** Lets go of what can't be stored (functions, DOM nodes, getters that throw). @returns how many went */
  dropUnclonable(): number {
    const before = this.size;
    const clonable = this.#entries.map((entry, at) => at >= this.#from && isClonable(entry));
    this.#entries = this.#entries.filter((_, at) => clonable[at]);
    this.#times = this.#times.filter((_, at) => clonable[at]);
    this.#from = 0;
    return before - this.size;
  }

  /** All that waits; it goes on waiting. */
  peek(): OpenPack<unknown>[] {
    if (this.size === 0) return [];
    const entries = this.#entries.slice(this.#from);
    return [{ times: Float64Array.from(this.#times.slice(this.#from)), entryAt: (row) => entries[row] }];
  }

  #drop(count: number): void {
    this.#from += count;
    if (this.#from < this.#entries.length) return;
    this.#entries = [];
    this.#times = [];
    this.#from = 0;
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
