import type { CacheEntry } from '../cache-entry.js';
import type { Policy } from './policy.js';

/** Any entry goes. An entry's rank is its place in the array. */
export class RandomPolicy<K, V> implements Policy<K, V> {
  readonly #random: () => number;
  #entries: CacheEntry<K, V>[] = [];

  constructor(random: () => number) {
    this.#random = random;
  }

  add(entry: CacheEntry<K, V>): void {
    entry.rank = this.#entries.length;
    this.#entries.push(entry);
  }

  remove(entry: CacheEntry<K, V>): void {
    const last = this.#entries.pop();
    if (last === undefined || last === entry) return;
    this.#entries[entry.rank] = last;
    last.rank = entry.rank;
  }

  evict(): CacheEntry<K, V> | undefined {
    const entry = this.#entries[Math.floor(this.#random() * this.#entries.length)];
    if (entry !== undefined) this.remove(entry);
    return entry;
  }

  clear(): void {
    this.#entries = [];
  }
}
