import Dexie from 'dexie';
import type { Entry } from './entries.js';
import { inBatches, type Log, ROTATED } from './log.js';

/** Dexie's bulkAdd, 500 entries at a time. */
export async function dexie(name: string): Promise<Log> {
  const database = new Dexie(name, { chromeTransactionDurability: 'relaxed' });
  database.version(1).stores({ entries: '++' });
  await database.open();
  const entries = database.table<Entry, number>('entries');
  return {
    write: (all) => inBatches(all, 500, (some) => entries.bulkAdd(some)),
    newest: (count) => entries.reverse().limit(count).toArray(),
    rotateAway: async () => void (await entries.where(':id').belowOrEqual(ROTATED).delete()),
    settle: async () => undefined,
    remove: () => database.delete(),
  };
}
