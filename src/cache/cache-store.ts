import type { Clock } from '../core/clock.js';
import type { Environment } from '../core/environment.js';
import type { PoiseError } from '../core/errors.js';
import type { EpochMs } from '../core/units.js';
import type { CacheStoreStats } from './persistent/store-stats.js';

/** An entry as it is kept behind a cache. */
export interface StoredEntry<K, V> {
  readonly key: K;
  readonly value: V;
  /** `Infinity` where it does not expire. */
  readonly expiresAt: EpochMs;
  readonly tags: readonly string[] | undefined;
}

/** What a store sees of its cache. */
export interface CacheStoreHost<K, V> {
  readonly name: string;
  readonly compression: boolean;
  /** How many entries fit into memory. */
  readonly maxSize: number;
  readonly clock: Clock;
  readonly environment: Environment;
  /**
   * Puts an entry that was read from the store into memory, if there is none with its key and it has not expired.
   * Does not come back as a `put`.
   */
  admit(entry: StoredEntry<K, V>): boolean;
  /** Puts an error on the cache's `errors$`. */
  report(error: PoiseError): void;
}

/**
 * What stands behind a persistent cache. Calls return at once; the store writes behind. It never throws or rejects:
 * failures go to `report`. Entries that leave memory for want of room stay in the store.
 */
export interface CacheStore<K, V> {
  /** Resolves when what was stored earlier, as far as it fits into memory, has been admitted. */
  readonly ready: Promise<void>;
  put(entry: StoredEntry<K, V>): void;
  delete(key: K): void;
  clear(): void;
  /** Drops every entry with the tag, those that are not in memory included. */
  invalidateTag(tag: string): void;
  /** Drops every entry for which `test` holds, those that are not in memory included. */
  invalidateWhere(test: (value: V, key: K) => boolean): void;
  /** Reads one entry, as it is with all calls so far; undefined where there is none or it has expired. */
  read(key: K): Promise<StoredEntry<K, V> | undefined>;
  /** What it holds and has done. */
  readonly stats: CacheStoreStats;
  /** Resolves when everything called before is durable, with true, or can't be, with false. */
  flush(): Promise<boolean>;
  /** Writes what waits, then lets go. */
  close(): void;
}

export type OpenCacheStore = <K, V>(host: CacheStoreHost<K, V>) => CacheStore<K, V>;
