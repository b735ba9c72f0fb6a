export { persistentStore } from './persistent-store.js';
export { CacheDurability, type CacheStoreConfig, type CacheStoreSettings } from './store-config.js';
export { CacheStoreError, CacheStoreErrorCode } from './store-error.js';
export type { CacheStoreStats } from './store-stats.js';
