import localforage from 'localforage';
import { deleteDatabase, type Store } from './store.js';

/** It has no batches; all at once is the fastest it offers. */
export async function localForage(name: string): Promise<Store> {
  const store = localforage.createInstance({ name, driver: localforage.INDEXEDDB });
  return {
    async write(entries) {
      await Promise.all(entries.map(([key, value]) => store.setItem(key, value)));
    },
    read: (keys) => Promise.all(keys.map((key) => store.getItem(key))),
    readOne: (key) => store.getItem(key),
    reopen: async () => undefined,
    async remove() {
      await store.dropInstance();
      await deleteDatabase(name);
    },
  };
}
