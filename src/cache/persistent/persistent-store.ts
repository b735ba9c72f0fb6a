import type { OpenCacheStore } from '../cache-store.js';
import { DeferredStore } from './deferred-store.js';
import { type CacheStoreConfig, resolveCacheStoreConfig } from './store-config.js';

/**
 * What stands behind a persistent cache: IndexedDB, or nothing where there is none. Its code is loaded when the first
 * cache that is persistent is made; what is called before that is done then, in the same order.
 * @throws CacheError on bad options
 */
export const persistentStore = (config?: CacheStoreConfig): OpenCacheStore => {
  const settings = resolveCacheStoreConfig(config);
  return (host) =>
    new DeferredStore(host, async () => {
      const { PackStore } = await import('./pack-store.js');
      return new PackStore(host, settings);
    });
};
