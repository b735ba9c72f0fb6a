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

const contender = (make: (maxSize: number) => Cached): Contender => ({ loops: ownLoops(), make });

/** With the time to live that a cache has by default; the peers have none. */
const poise = (evictionPolicy: EvictionPolicy): Contender =>
  contender((maxSize) => new Cache<string, number>({ maxSize, evictionPolicy }));

export const PEERS: Readonly<Record<string, Contender>> = {
  'lru-cache': contender((max) => new LRUCache<string, number>({ max })),
  'quick-lru': contender((maxSize) => new QuickLRU<string, number>({ maxSize })),
  'mnemonist LRUMap': contender((capacity) => new LRUMap<string, number>(capacity)),
  Map: contender((maxSize) => new MapLru(maxSize)),
};

export const LRU: Contender = poise('lru');
export const ADAPTIVE: Contender = poise('adaptive');
export const OTHERS: Readonly<Record<string, Contender>> = {
  'poise lfu': poise('lfu'),
  'poise random': poise('random'),
};
