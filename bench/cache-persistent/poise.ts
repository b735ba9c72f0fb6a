import { Cache, persistentStore } from '../../src/cache/index.js';
import { disposeSymbol } from '../../src/core/index.js';
import type { Item } from './entries.js';
import { deleteDatabase, type Store } from './store.js';

/** Memory that holds one entry, so that what is read comes from disk. */
export async function poise(name: string): Promise<Store> {
  const openStore = persistentStore({ maxDiskEntries: 1_000_000, preloadEntries: 0 });
  const open = () => new Cache<string, Item>({ name, maxSize: 1, ttlSeconds: 3_600, persistent: true }, { openStore });
  let cache = open();
  await cache.ready;
  return {
    async write(entries) {
      for (const [key, value] of entries) cache.set(key, value);
      if (!(await cache.flush())) throw new Error('not durable');
    },
    read: (keys) => Promise.all(keys.map((key) => cache.load(key))),
    readOne: (key) => cache.load(key),
    async reopen() {
      cache[disposeSymbol]();
      cache = open();
      await cache.ready;
    },
    async remove() {
      cache[disposeSymbol]();
      await deleteDatabase(`poise-cache:${name}`);
    },
  };
}
