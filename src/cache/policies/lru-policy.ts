import type { CacheEntry } from '../cache-entry.js';
import type { Policy } from './policy.js';
import { UseOrder } from './use-order.js';
import { NOT_USED, type Uses } from './uses.js';

/**
 * The least recently used entry goes. A use only writes its number on the entry, so that a hit moves nothing. Entries are
 * put in order when one has to go and the last order is used up; each of its places was given up by a use or a removal
 * since, so that the work for each of them is O(1), as for the rehashing of a Map.
 */
export class LruPolicy<K, V> implements Policy<K, V> {
  readonly #uses: Uses;
  readonly #order = new UseOrder();
  /** Every entry, and those that went since the last order was made; each knows its place. */
  #places: CacheEntry<K, V>[] = [];

  constructor(uses: Uses) {
    this.#uses = uses;
  }

  add(entry: CacheEntry<K, V>): void {
    this.#uses.mark(entry);
    if (this.#places[entry.rank] === entry) return;
    entry.rank = this.#places.length;
    this.#places.push(entry);
  }

  remove(entry: CacheEntry<K, V>): void {
    entry.usedAt = NOT_USED;
  }

  evict(): CacheEntry<K, V> | undefined {
    for (;;) {
      const place = this.#order.next();
      if (place < 0) {
        if (!this.#putInOrder()) return undefined;
        continue;
      }
      const entry = this.#places[place];
      if (entry === undefined || entry.usedAt !== this.#order.usedAt) continue;
      entry.usedAt = NOT_USED;
      return entry;
    }
  }

  clear(): void {
    this.#places = [];
    this.#order.clear();
  }

  /** @returns false where there is no entry */
  #putInOrder(): boolean {
    const places = this.#places;
    const usedAt = this.#order.room(places.length);
    let count = 0;
    for (const entry of places) {
      if (entry.usedAt === NOT_USED) continue;
      usedAt[count] = entry.usedAt;
      if (entry.rank !== count) {
        entry.rank = count;
        places[count] = entry;
      }
      count++;
    }
    places.length = count;
    if (count === 0) return false;
    this.#order.sort(count, this.#uses.count);
    return true;
  }
}
