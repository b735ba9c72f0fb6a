import type { CacheEntry } from '../cache-entry.js';

/** Entries from the oldest to the newest: a list that runs through the entries, every change O(1). */
export class EntryList<K, V> {
  size = 0;
  oldest: CacheEntry<K, V> | undefined = undefined;
  newest: CacheEntry<K, V> | undefined = undefined;

  append(entry: CacheEntry<K, V>): void {
    const { newest } = this;
    entry.list = this;
    entry.older = newest;
    if (newest === undefined) this.oldest = entry;
    else newest.newer = entry;
    this.newest = entry;
    this.size++;
  }

  remove(entry: CacheEntry<K, V>): void {
    const { older, newer } = entry;
    if (older === undefined) this.oldest = newer;
    else older.newer = newer;
    if (newer === undefined) this.newest = older;
    else newer.older = older;
    entry.list = undefined;
    entry.older = undefined;
    entry.newer = undefined;
    this.size--;
  }

  /** Makes an entry of this list its newest. */
  renew(entry: CacheEntry<K, V>): void {
    const { newer, older } = entry;
    if (newer === undefined) return;
    newer.older = older;
    if (older === undefined) this.oldest = newer;
    else older.newer = newer;
    const { newest } = this;
    if (newest !== undefined) newest.newer = entry;
    entry.older = newest;
    entry.newer = undefined;
    this.newest = entry;
  }
}
