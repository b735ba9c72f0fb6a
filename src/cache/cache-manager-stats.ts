import type { Bytes } from '../core/units.js';
import { type CacheStats, hitsAndMisses } from './cache-stats.js';

export interface CacheManagerStats extends Omit<CacheStats, 'disk'> {
  readonly bytes: Bytes;
  /** The limit of `bytes`. */
  readonly maxBytes: Bytes;
  /** Times that everything in memory was dropped, as the page came back and could not know what it had missed. */
  readonly doubts: number;
  /** By name. */
  readonly caches: Readonly<Record<string, CacheStats>>;
}

const ADDED = ['entries', 'hits', 'misses', 'sets', 'evictions', 'expirations', 'invalidations'] as const;

/** The sums over all caches. */
export function sumStats(caches: Readonly<Record<string, CacheStats>>): Omit<CacheStats, 'bytes' | 'disk'> {
  const sums = { entries: 0, hits: 0, misses: 0, sets: 0, evictions: 0, expirations: 0, invalidations: 0 };
  for (const stats of Object.values(caches)) for (const name of ADDED) sums[name] += stats[name];
  return { ...sums, ...hitsAndMisses(sums.hits, sums.misses) };
}
