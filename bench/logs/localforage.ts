import localforage from 'localforage';
import type { Entry } from './entries.js';
import { deleteDatabase, inBatches, type Log, ROTATED } from './log.js';

const CHUNK = 1_000;

/** localForage has no records of its own: arrays of 1,000 under numbered keys. */
export async function localForage(name: string): Promise<Log> {
  const store = localforage.createInstance({ name, driver: localforage.INDEXEDDB });
  let chunks = 0;
  return {
    write: (entries) => inBatches(entries, CHUNK, (some) => store.setItem(String(chunks++), some)),
    async newest(count) {
      const last = await store.getItem<Entry[]>(String(chunks - 1));
      return last?.slice(-count) ?? [];
    },
    async rotateAway() {
      for (let chunk = 0; chunk < ROTATED / CHUNK; chunk++) await store.removeItem(String(chunk));
    },
    settle: async () => undefined,
    async remove() {
      await store.dropInstance();
      await deleteDatabase(name);
    },
  };
}
