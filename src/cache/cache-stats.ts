import type { Bytes } from '../core/units.js';
import type { CacheStoreStats } from './persistent/store-stats.js';

/** What a cache has done since it was made. */
export interface CacheStats {
  readonly entries: number;
  /** What the entries take; undefined where sizes are not measured (no `maxBytes`, no `sizeOf`, no manager). */
  readonly bytes: Bytes | undefined;
  readonly hits: number;
  readonly misses: number;
  /** Hits among reads, 0 to 1; undefined before the first. */
  readonly hitRate: number | undefined;
  readonly sets: number;
  /** Entries that went for want of room. */
  readonly evictions: number;
  /** Entries whose time was over. */
  readonly expirations: number;
  /** Entries that went because a tag or a predicate called them invalid. */
  readonly invalidations: number;
  /** What stands behind it; undefined where the cache is not `persistent`. */
  readonly disk: CacheStoreStats | undefined;
}

/** The reads, and the share of them that were hits. */
export function hitsAndMisses(hits: number, misses: number): Pick<CacheStats, 'hits' | 'misses' | 'hitRate'> {
  return { hits, misses, hitRate: hits + misses === 0 ? undefined : hits / (hits + misses) };
}
