import { LRUCache } from 'lru-cache';
import { LRUMap } from 'mnemonist';
import QuickLRU from 'quick-lru';
import { Cache, type EvictionPolicy } from '../../src/cache/index.js';
import { type Cached, type Loops, ownLoops } from './loops.js';

export interface Contender {
  readonly loops: Loops;
  make(maxSize: number): Cached;
}

/** A Map that is kept in order by taking out and putting in again: what most apps write themselves. */
class MapLru implements Cached {
  readonly #entries = new Map<string, number>();
  readonly #maxSize: number;

  constructor(maxSize: number) {
    this.#maxSize = maxSize;
  }

  get(key: string): number | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: string, value: number): void {
    if (this.#entries.has(key)) this.#entries.delete(key);
    else if (this.#entries.size >= this.#maxSize) {
      for (const oldest of this.#entries.keys()) {
        this.#entries.delete(oldest);
        break;
      }
    }
    this.#entries.set(key, value);
  }
}

/** Slots are numbered from 1 on. */
const NO_SLOT = 0;

/**
 * The least code that is an exact LRU, without a time to live, counts or anything else. Nobody ships it, so that no bar is
 * held against it: it shows what an exact LRU on a Map can reach at best in the same run.
 */
class BareLru implements Cached {
  readonly #slotOf = new Map<string, number>();
  readonly #keys: string[] = [''];
  readonly #values: number[] = [0];
  readonly #newer: number[] = [NO_SLOT];
  readonly #older: number[] = [NO_SLOT];
  readonly #maxSize: number;
  #oldest = NO_SLOT;
  #newest = NO_SLOT;

  constructor(maxSize: number) {
    this.#maxSize = maxSize;
  }

  get(key: string): number | undefined {
    const slot = this.#slotOf.get(key);
    if (slot === undefined) return undefined;
    this.#touch(slot);
    return this.#values[slot];
  }

  set(key: string, value: number): void {
    const known = this.#slotOf.get(key);
    if (known === undefined && this.#keys.length <= this.#maxSize) {
      this.#append(key, value);
      return;
    }
    const slot = known ?? this.#oldest;
    if (known === undefined) {
      this.#slotOf.delete(this.#keys[slot] ?? '');
      this.#keys[slot] = key;
      this.#slotOf.set(key, slot);
    }
    this.#values[slot] = value;
    this.#touch(slot);
  }

  #append(key: string, value: number): void {
    const slot = this.#keys.push(key) - 1;
    this.#values.push(value);
    this.#newer.push(NO_SLOT);
    this.#older.push(this.#newest);
    this.#newer[this.#newest] = slot;
    if (this.#newest === NO_SLOT) this.#oldest = slot;
    this.#newest = slot;
    this.#slotOf.set(key, slot);
  }

  #touch(slot: number): void {
    if (slot === this.#newest) return;
    const before = this.#older[slot] ?? NO_SLOT;
    const after = this.#newer[slot] ?? NO_SLOT;
    this.#older[after] = before;
    if (before === NO_SLOT) this.#oldest = after;
    else this.#newer[before] = after;
    this.#newer[this.#newest] = slot;
    this.#older[slot] = this.#newest;
    this.#newer[slot] = NO_SLOT;
    this.#newest = slot;
  }
}

const contender = (make: (maxSize: number) => Cached): Contender => ({ loops: ownLoops(), make });

/** With the time to live that a cache has by default; the peers have none. */
const poise = (evictionPolicy: EvictionPolicy): Contender =>
  contender((maxSize) => new Cache<string, number>({ maxSize, evictionPolicy }));

export const LRU_CACHE: Contender = contender((max) => new LRUCache<string, number>({ max }));
export const PEERS: Readonly<Record<string, Contender>> = {
  'lru-cache': LRU_CACHE,
  'quick-lru': contender((maxSize) => new QuickLRU<string, number>({ maxSize })),
  'mnemonist LRUMap': contender((capacity) => new LRUMap<string, number>(capacity)),
  Map: contender((maxSize) => new MapLru(maxSize)),
};

export const BARE_LRU: Contender = contender((maxSize) => new BareLru(maxSize));
export const LRU: Contender = poise('lru');
export const ADAPTIVE: Contender = poise('adaptive');
export const OTHERS: Readonly<Record<string, Contender>> = {
  'poise lfu': poise('lfu'),
  'poise random': poise('random'),
};
