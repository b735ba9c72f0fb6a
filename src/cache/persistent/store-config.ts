import type { Compressor } from '../../core/compressor.js';
import type { Bytes } from '../../core/units.js';
import {
  type Checks,
  nonNegativeInteger,
  object,
  oneOf,
  optional,
  positive,
  positiveInteger,
  resolveConfig,
} from '../../core/validate.js';
import { CacheError } from '../cache-error.js';

/** https://w3c.github.io/IndexedDB/#transaction-durability-hint */
export const CacheDurability = {
  /** Survives a closed tab, a crash and a killed browser. */
  RELAXED: 'relaxed',
  /** Survives a power cut as well, and takes longer. */
  STRICT: 'strict',
} as const;
export type CacheDurability = (typeof CacheDurability)[keyof typeof CacheDurability];

/** What a persistent cache's store goes by. */
export interface CacheStoreSettings {
  /** Entries on disk, at the most; then the oldest go. Default 10,000. */
  readonly maxDiskEntries: number;
  /** Bytes on disk, at the most, as they are before compression. Default 50 MiB. */
  readonly maxDiskBytes: Bytes;
  /** Entries that `ready` brings into memory, at the most: the newest, as far as they fit. Default 1,000. */
  readonly preloadEntries: number;
  /** Default 'relaxed'. */
  readonly durability: CacheDurability;
  /** Shared with others; where it is left out and the cache asks for compression, the store makes its own. */
  readonly compressor: Compressor | undefined;
}

/** The options, all of which may be left out. */
export type CacheStoreConfig = {
  readonly [Name in keyof CacheStoreSettings]?: CacheStoreSettings[Name] | undefined;
};

const DEFAULTS: CacheStoreSettings = Object.freeze({
  maxDiskEntries: 10_000,
  maxDiskBytes: 50 * 1024 * 1024,
  preloadEntries: 1_000,
  durability: CacheDurability.RELAXED,
  compressor: undefined,
});

const CHECKS: Checks<CacheStoreSettings> = {
  maxDiskEntries: positiveInteger,
  maxDiskBytes: positive,
  preloadEntries: nonNegativeInteger,
  durability: oneOf(CacheDurability),
  compressor: optional(object),
};

/** @throws CacheError */
export function resolveCacheStoreConfig(given: CacheStoreConfig | undefined): CacheStoreSettings {
  return resolveConfig('CacheStore', given, DEFAULTS, CHECKS, CacheError);
}
