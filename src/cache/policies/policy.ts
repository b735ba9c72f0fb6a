import type { CacheEntry } from '../cache-entry.js';

/**
 * Decides which entry goes when a cache is full. Each call is O(1) at any size.
 * It keeps its order in the entries' `list`, `rank` and `stamp`, which are its own to write.
 */
export interface Policy<K, V> {
  /** A key was added; one that the policy remembers comes as the same entry, with a value again. */
  add(entry: CacheEntry<K, V>): void;
  /** An entry was read or given a new value. */
  touch(entry: CacheEntry<K, V>): void;
  /** An entry went for another reason than want of room. */
  remove(entry: CacheEntry<K, V>): void;
  /**
   * Picks the entry that goes and takes it out; undefined when there is none.
   * Its key stays known to the cache where the policy remembers it, which it says by leaving it in a `list`.
   */
  evict(): CacheEntry<K, V> | undefined;
  /** Everything went. */
  clear(): void;
}

/** What a policy may use of its cache. */
export interface PolicyHost<K, V> {
  /** Drops a key that went and was remembered. */
  readonly forget: (entry: CacheEntry<K, V>) => void;
  /** A number from 0 up to 1, without 1. */
  readonly random: () => number;
}
