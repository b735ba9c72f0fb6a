import type { Clock } from '../core/clock.js';
import type { Environment } from '../core/environment.js';
import type { Bytes } from '../core/units.js';
import type { OpenCacheStore } from './cache-store.js';

/** The platform as a cache sees it; each part defaults to the browser's own. */
export interface CacheDependencies {
  readonly clock?: Clock;
  readonly environment?: Environment;
  /** What the random policy draws from. Default `Math.random`. */
  readonly random?: () => number;
  /** Opens what stands behind a `persistent` cache. Default `persistentStore()`. */
  readonly openStore?: OpenCacheStore;
  /** Told of each entry's size as it comes and goes, by whoever keeps a budget over several caches. */
  readonly onBytes?: (change: Bytes) => void;
}
