import { clear, createStore, get, getMany, set, setMany } from 'idb-keyval';
import type { OpenStore } from './store.js';

/** `set` one after another, each awaited, or `setMany`; reads by `getMany`. */
export const idbKeyval =
  (writing: 'set' | 'setMany'): OpenStore =>
  async (name) => {
    const store = createStore(name, 'keyval');
    return {
      async write(entries) {
        if (writing === 'setMany')
          await setMany(
            entries.map(([key, value]) => [key, value]),
            store,
          );
        else for (const [key, value] of entries) await set(key, value, store);
      },
      read: (keys) => getMany([...keys], store),
      readOne: (key) => get(key, store),
      reopen: async () => undefined,
      // It keeps its connection, so that the database can't be deleted.
      remove: () => clear(store),
    };
  };
