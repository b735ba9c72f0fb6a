import { type Checks, flag, positive, resolveConfig, text } from '../core/validate.js';
import { ttl } from './cache-config.js';
import { CacheError } from './cache-error.js';

/** What a CacheManager goes by (seed 003: CacheManager). */
export interface CacheManagerSettings {
  /** Tabs of one origin whose managers have the same name tell each other what is invalid. Default 'caches'. */
  readonly name: string;
  /** The `ttlSeconds` of caches that are given none. Default 300. */
  readonly defaultTtlSeconds: number;
  /** What the entries in memory may take together. Default 100. */
  readonly maxMemoryMb: number;
  /** Whether other tabs are told of what is invalid, and heard. Default true. */
  readonly crossTab: boolean;
}

/** The options, all of which may be left out. */
export type CacheManagerConfig = {
  readonly [Name in keyof CacheManagerSettings]?: CacheManagerSettings[Name] | undefined;
};

const DEFAULTS: CacheManagerSettings = Object.freeze({
  name: 'caches',
  defaultTtlSeconds: 300,
  maxMemoryMb: 100,
  crossTab: true,
});

const CHECKS: Checks<CacheManagerSettings> = {
  name: text,
  defaultTtlSeconds: ttl,
  maxMemoryMb: positive,
  crossTab: flag,
};

/** @throws CacheError */
export function resolveCacheManagerConfig(given: CacheManagerConfig): CacheManagerSettings {
  return resolveConfig('CacheManager', given, DEFAULTS, CHECKS, CacheError);
}
