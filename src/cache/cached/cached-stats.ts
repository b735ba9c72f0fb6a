import type { CacheStats } from '../cache-stats.js';

export interface CachedStats {
  readonly calls: number;
  /** Calls that found their result, stale ones included. */
  readonly hits: number;
  /** Calls that were answered with a stale result. */
  readonly stale: number;
  /** Calls that joined one under way. */
  readonly shared: number;
  /** Calls for which the function was run, or the disk was asked. */
  readonly misses: number;
  /** Runs that threw or rejected; refreshes included. */
  readonly failures: number;
  /** Runs that made a stale result new, or tried to. */
  readonly refreshes: number;
  readonly inFlight: number;
  /** What the cache behind it has done, for all that share it. */
  readonly cache: CacheStats;
}
