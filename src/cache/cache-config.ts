import type { Bytes } from '../core/units.js';
import {
  type Check,
  type Checks,
  flag,
  func,
  oneOf,
  optional,
  positive,
  positiveInteger,
  resolveConfig,
  text,
} from '../core/validate.js';
import { CacheError } from './cache-error.js';
import { EvictionPolicy } from './eviction-policy.js';

/** What a Cache goes by (seed 003: CacheConfig). */
export interface CacheSettings<K = unknown, V = unknown> {
  /** Names the cache in reports, across tabs and on disk. Default 'cache'. */
  readonly name: string;
  /** How long an entry is valid. `Infinity`: until it is evicted; 0: not at all, nothing is kept. Default 300. */
  readonly ttlSeconds: number;
  /** The most entries; `Infinity` where `maxBytes` limits the cache. Default 128. */
  readonly maxSize: number;
  /** The most bytes, as `sizeOf` tells them; no limit when left out. */
  readonly maxBytes: Bytes | undefined;
  /** The size of an entry. Default: an estimate, made only where something depends on it. */
  readonly sizeOf: ((value: V, key: K) => Bytes) | undefined;
  /** Which entry goes when the cache is full. Default 'adaptive'. */
  readonly evictionPolicy: EvictionPolicy;
  /** Whether values are compressed on disk. Default false. */
  readonly compression: boolean;
  /** Whether entries are kept on disk, across reloads. Default false. */
  readonly persistent: boolean;
}

/** The options, all of which may be left out. */
export type CacheConfig<K = unknown, V = unknown> = {
  readonly [Name in keyof CacheSettings<K, V>]?: CacheSettings<K, V>[Name] | undefined;
};

const DEFAULTS = Object.freeze({
  name: 'cache',
  ttlSeconds: 300,
  maxSize: 128,
  maxBytes: undefined,
  sizeOf: undefined,
  evictionPolicy: EvictionPolicy.ADAPTIVE,
  compression: false,
  persistent: false,
});

/** A time to live. */
export const ttl: Check = {
  allowed: 'a number of seconds of 0 or more, or Infinity',
  test: (v) => typeof v === 'number' && v >= 0,
};

const size: Check = {
  allowed: 'a whole number of 1 or more, or Infinity where maxBytes is given',
  test: (v) => positiveInteger.test(v) || v === Number.POSITIVE_INFINITY,
};

const CHECKS: Checks<CacheSettings> = {
  name: text,
  ttlSeconds: ttl,
  maxSize: size,
  maxBytes: optional(positive),
  sizeOf: optional(func),
  evictionPolicy: oneOf(EvictionPolicy),
  compression: flag,
  persistent: flag,
};

/** @throws CacheError */
export function resolveCacheConfig<K, V>(given: CacheConfig<K, V> | undefined): CacheSettings<K, V> {
  const settings = resolveConfig<CacheSettings<K, V>>('Cache', given, DEFAULTS, CHECKS, CacheError);
  const { maxSize, maxBytes } = settings;
  if (maxBytes === undefined && !Number.isFinite(maxSize))
    throw new CacheError({ owner: 'Cache', option: 'maxSize', given: maxSize, allowed: size.allowed });
  return settings;
}
