import type { CacheEntry } from '../cache-entry.js';
import type { Uses } from './uses.js';

/**
 * Decides which entry goes when a cache is full. Each call is O(1) at any size.
 * It keeps its order in the entries' `list`, `rank` and `stamp`, which are its own to write.
 */
export interface Policy<K, V> {
  /** A key was added; one that the policy remembers comes as the same entry, with a value again. */
  add(entry: CacheEntry<K, V>): void;
  /** An entry was read or given a new value. Left out where the number of the last use, on the entry, says enough. */
  touch?(entry: CacheEntry<K, V>): void;
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

/** A policy that is told of each use. */
export interface ToldPolicy<K, V> extends Policy<K, V> {
  touch(entry: CacheEntry<K, V>): void;
}

export function isTold<K, V>(policy: Policy<K, V>): policy is ToldPolicy<K, V> {
  return policy.touch !== undefined;
}

/** What a policy may use of its cache. */
export interface PolicyHost<K, V> {
  /** Drops a key that went and was remembered. */
  readonly forget: (entry: CacheEntry<K, V>) => void;
  /** A number from 0 up to 1, without 1. */
  readonly random: () => number;
  /** Numbers each use; a policy without `touch` goes by it. */
  readonly uses: Uses;
}
