import { openDB } from 'idb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { asyncDisposeSymbol } from '../../src/core/index.js';
import { type LogError, LogRotator } from '../../src/logs/index.js';

interface Entry {
  readonly timestamp: number;
  readonly n: number;
}

let name = '';
let log: LogRotator<Entry>;
const errors: LogError[] = [];
beforeEach(async () => {
  name = `damage-${crypto.randomUUID()}`;
  errors.length = 0;
  log = new LogRotator<Entry>({ name, maxCount: 10, maxFiles: 100, compressOld: false });
  log.errors$.subscribe((error) => errors.push(error));
  for (let n = 0; n < 30; n++) log.addEntry({ timestamp: n, n });
  await log.flush();
});
afterEach(async () => {
  await log.clear();
  await log[asyncDisposeSymbol]();
  indexedDB.deleteDatabase(`poise-logs:${name}`);
});

/** Puts something else in the place of the oldest pack, or nothing, as a bug or a failing disk does. */
async function tamper(record: unknown): Promise<void> {
  const database = await openDB(`poise-logs:${name}`);
  const [first] = await database.getAllKeys('packs');
  if (first === undefined) throw new Error('there are no packs');
  if (record === undefined) await database.delete('packs', first);
  else await database.put('packs', record, first);
  database.close();
}

async function numbers(): Promise<number[]> {
  const found: number[] = [];
  for await (const { n } of log.query()) found.push(n);
  return found;
}

const others = Array.from({ length: 20 }, (_, n) => n + 10);

test.each<[string, unknown]>([
  ['of another form', { rows: 'nonsense' }],
  ['that is no object', 7],
  [
    'with too few entries',
    { rows: { count: 1, keys: [], columns: [], shapes: [[]], kinds: [], whole: [] }, times: new Float64Array(1) },
  ],
  [
    'whose words end elsewhere than their text',
    {
      table: { count: 10, keys: ['n'], columns: [{ text: 'abc', ends: Uint32Array.of(1, 2) }], shapes: [[0]] },
      times: new Float64Array(10),
    },
  ],
  ['whose compressed bytes are none', { gzip: new Uint8Array([1, 2, 3]) }],
])('a record %s is skipped, counted and told of; the rest stays readable', async (_what, record) => {
  await tamper(record);
  expect(await numbers()).toEqual(others);
  expect(log.stats).toMatchObject({ damaged: 1, persistent: true });
  expect(errors).toMatchObject([{ code: 'POISE_LOG_DAMAGED' }]);
});

test('a record that is missing is counted as damaged too', async () => {
  await tamper(undefined);
  expect(await numbers()).toEqual(others);
  expect(log.stats.damaged).toBe(1);
});

test('a damaged segment is left as it lies when the others are compressed', async () => {
  await tamper(7);
  await log[asyncDisposeSymbol]();
  log = new LogRotator<Entry>({ name, maxCount: 10, maxFiles: 100 });
  await log.rotate();
  expect(log.stats.compressionRatio).toBeDefined();
  expect(await numbers()).toEqual(others);
});

test('a database that is deleted under us is made anew, and writing goes on', async () => {
  await new Promise<void>((resolve) => {
    const request = indexedDB.deleteDatabase(`poise-logs:${name}`);
    request.onsuccess = () => resolve();
  });
  expect(await log.append({ timestamp: 100, n: 100 })).toBe(true);
  expect(await numbers()).toEqual([100]);
  expect(log.stats.persistent).toBe(true);
});
