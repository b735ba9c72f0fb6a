import { openDB } from 'idb';
import { deleteDatabase, inBatches, type Log, ROTATED } from './log.js';

/** One record an entry; `batch` records a transaction. */
export const idb =
  (batch: number) =>
  async (name: string): Promise<Log> => {
    const database = await openDB(name, 1, {
      upgrade: (db) => void db.createObjectStore('entries', { autoIncrement: true }),
    });
    const lastKey = async () => Number((await database.transaction('entries').store.openKeyCursor(null, 'prev'))?.key);
    return {
      write: (entries) =>
        inBatches(entries, batch, async (some) => {
          const transaction = database.transaction('entries', 'readwrite', { durability: 'relaxed' });
          for (const entry of some) void transaction.store.add(entry);
          await transaction.done;
        }),
      newest: async (count) => await database.getAll('entries', IDBKeyRange.lowerBound((await lastKey()) - count + 1)),
      rotateAway: async () => await database.delete('entries', IDBKeyRange.upperBound(ROTATED)),
      settle: async () => undefined,
      async remove() {
        database.close();
        await deleteDatabase(name);
      },
    };
  };
