import type { CacheEntry } from '../cache-entry.js';

/** Uses are numbered up to this and then again from 0: whole numbers of 30 bits cost no allocation. */
export const MOST_USES: number = 2 ** 30 - 1;

/** The number of an entry that is not in the cache. */
export const NOT_USED = -1;

/** Numbers the uses of a cache's entries. */
export class Uses {
  /** The number of the last use. */
  count = 0;

  mark<K, V>(entry: CacheEntry<K, V>): void {
    this.count = (this.count + 1) & MOST_USES;
    entry.usedAt = this.count;
  }
}
