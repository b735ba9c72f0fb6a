import type { Bytes, EpochMs } from '../core/units.js';
import type { EntryList } from './policies/entry-list.js';

/** Stands in for the value of a key that has gone and is only remembered. */
export const GONE: unique symbol = Symbol('gone');

/**
 * One key of a cache. It holds what its policy keeps of it, so that a hit needs one look-up and no
 * allocation. A policy may remember keys that have gone, to know them when they come back: their value is GONE.
 */
export class CacheEntry<K, V> {
  // What a hit touches comes first, side by side in memory.
  value: V | typeof GONE;
  /** The number of its last use; NOT_USED where it is not in the cache. */
  usedAt = 0;
  /** Its own number among the entries of the cache, from 1 on. */
  readonly slot: number;
  /** The list that it stands in. */
  list: EntryList<K, V> | undefined = undefined;
  /** Two numbers for the policy's use: uses, a place, a time. */
  rank = 0;
  stamp = 0;
  key: K;
  expiresAt: EpochMs = Number.POSITIVE_INFINITY;
  bytes: Bytes = 0;
  tags: readonly string[] | undefined = undefined;

  constructor(key: K, value: V, slot: number) {
    this.key = key;
    this.value = value;
    this.slot = slot;
  }
}
