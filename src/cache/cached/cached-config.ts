import {
  type Check,
  type Checks,
  flag,
  func,
  nonNegative,
  oneOf,
  optional,
  resolveConfig,
  text,
} from '../../core/validate.js';
import { Cache } from '../cache.js';
import { resolveCacheConfig } from '../cache-config.js';
import { CacheError } from '../cache-error.js';
import { EvictionPolicy } from '../eviction-policy.js';

/** A result as it is kept. */
export interface Kept<V> {
  readonly value: V;
  /** Whether the function gave a promise for it. */
  readonly promised: boolean;
  /** From then on it is stale (`staleWhileRevalidate`), in epoch milliseconds. */
  readonly freshUntil: number;
}

/** How results are kept (seed 003: cached_function). */
export interface CachedSettings<A extends unknown[], V> {
  /**
   * Names the function in reports, in a cache that it shares with others, and on disk. Default: its own name, which
   * minifiers change; where `cache` or `persistent` is given, it has to be.
   */
  readonly name: string | undefined;
  /** How long a result is valid. Default 300. */
  readonly ttlSeconds: number;
  /** The most results kept. Default 128. */
  readonly maxSize: number;
  /** Which result goes when there are more. Default 'adaptive'. */
  readonly evictionPolicy: EvictionPolicy;
  /** Calls with the same key have the same result. Default: the arguments, see {@link stableKey}, without AbortSignals. */
  readonly key: ((...args: A) => string) | undefined;
  /** For so long after `ttlSeconds` a result is given all the same, while a new one is made. Default 0. */
  readonly staleWhileRevalidate: number;
  /** Words by which results can be invalidated in the cache. Default none. */
  readonly tags: readonly string[] | ((...args: A) => readonly string[]) | undefined;
  /** Keeps results on disk, across reloads; the function gives a promise then, whatever it gave before. Default false. */
  readonly persistent: boolean;
  /** A cache to share; its own size and policy count then. Default: one of its own. */
  readonly cache: Cache<string, Kept<V>> | undefined;
}

/** The options, all of which may be left out. */
export type CachedConfig<A extends unknown[], V> = {
  readonly [Name in keyof CachedSettings<A, V>]?: CachedSettings<A, V>[Name] | undefined;
};

const DEFAULTS = Object.freeze({
  name: undefined,
  ttlSeconds: 300,
  maxSize: 128,
  evictionPolicy: EvictionPolicy.ADAPTIVE,
  key: undefined,
  staleWhileRevalidate: 0,
  tags: undefined,
  persistent: false,
  cache: undefined,
});

const tags: Check = {
  allowed: 'an array of strings, or a function that makes one of the arguments',
  test: (v) => typeof v === 'function' || (Array.isArray(v) && v.every(text.test)),
};
const positiveOrInfinite: Check = { allowed: 'a positive number', test: (v) => typeof v === 'number' && v > 0 };

const CHECKS: Checks<CachedSettings<[], unknown>> = {
  name: optional(text),
  ttlSeconds: positiveOrInfinite,
  maxSize: positiveOrInfinite,
  evictionPolicy: oneOf(EvictionPolicy),
  key: optional(func),
  staleWhileRevalidate: nonNegative,
  tags: optional(tags),
  persistent: flag,
  cache: optional({ allowed: 'a Cache', test: (v) => v instanceof Cache }),
};

/** @throws CacheError */
export function resolveCachedConfig<A extends unknown[], V>(
  given: CachedConfig<A, V> | undefined,
): Readonly<CachedSettings<A, V>> {
  const settings = resolveConfig<CachedSettings<A, V>>('cached', given, DEFAULTS, CHECKS, CacheError);
  if (settings.name === undefined && (settings.cache || settings.persistent)) {
    const allowed = 'given where the cache is shared or persistent';
    throw new CacheError({ owner: 'cached', option: 'name', given: undefined, allowed });
  }
  const { ttlSeconds, maxSize, evictionPolicy } = settings;
  resolveCacheConfig({ ttlSeconds, maxSize, evictionPolicy });
  return settings;
}
