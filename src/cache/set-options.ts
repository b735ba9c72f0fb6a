import type { Bytes } from '../core/units.js';
import { type Check, type Checks, checkOptions, nonNegative, optional, text } from '../core/validate.js';
import { ttl } from './cache-config.js';
import { CacheError } from './cache-error.js';

/** What can be said of one entry. */
export interface SetOptions {
  /** How long this entry is valid. Default: the cache's `ttlSeconds`. */
  readonly ttlSeconds?: number | undefined;
  /** Words by which it can be invalidated together with others. Default none. */
  readonly tags?: readonly string[] | undefined;
  /** Its size, where the caller knows it. Default: as `sizeOf` tells. */
  readonly bytes?: Bytes | undefined;
}

const tags: Check = {
  allowed: 'an array of strings that are not empty',
  test: (v) => Array.isArray(v) && v.every(text.test),
};

const CHECKS: Checks<SetOptions> = { ttlSeconds: optional(ttl), tags: optional(tags), bytes: optional(nonNegative) };

/** @throws CacheError */
export function checkSetOptions(options: SetOptions): void {
  checkOptions('Cache.set', options, CHECKS, CacheError);
}
