export { Cache, type CacheDependencies } from './cache.js';
export type { CacheConfig, CacheSettings } from './cache-config.js';
export { CacheError } from './cache-error.js';
export { type CacheRemoval, RemovalReason } from './cache-removal.js';
export type { CacheStats } from './cache-stats.js';
export type { CacheStore, CacheStoreHost, OpenCacheStore, StoredEntry } from './cache-store.js';
export { EvictionPolicy } from './eviction-policy.js';
export * from './persistent/index.js';
export type { SetOptions } from './set-options.js';
