import { asyncDisposeSymbol } from '../../src/core/index.js';
import { LogRotator } from '../../src/logs/index.js';
import type { Entry } from './entries.js';
import { deleteDatabase, type Log, ROTATED } from './log.js';

export async function poise(name: string): Promise<Log> {
  const config = { name, maxCount: ROTATED, timeField: 'time', compressOld: false };
  // Not started: nothing is looked after but when it is asked for.
  let log = new LogRotator<Entry>({ ...config, maxFiles: 5 });
  return {
    async write(entries) {
      for (const entry of entries) log.addEntry(entry);
      if (!(await log.flush())) throw new Error('not durable');
    },
    async newest(count) {
      const found: Entry[] = [];
      for await (const entry of log.query({ order: 'newest-first', limit: count })) found.push(entry);
      return found;
    },
    async prepareRotation(entries) {
      // One segment more than are kept: the next look at them lets the oldest go.
      for (const entry of entries) log.addEntry(entry);
      await log.flush();
    },
    async rotateAway() {
      await log.rotate();
      if (log.stats.cleanedEntries !== ROTATED) throw new Error(`${log.stats.cleanedEntries} went`);
    },
    async settle() {
      await log[asyncDisposeSymbol]();
      log = new LogRotator<Entry>({ ...config, maxFiles: 100, compressOld: true });
      await log.rotate();
    },
    async remove() {
      await log[asyncDisposeSymbol]();
      await deleteDatabase(`poise-logs:${name}`);
    },
  };
}
