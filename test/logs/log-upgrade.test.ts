import { openDB } from 'idb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { asyncDisposeSymbol } from '../../src/core/index.js';
import { LogRotator } from '../../src/logs/index.js';

/** What version 1 wrote, as its own code made it: entries by column, and the same compressed. */
const ENTRIES: readonly unknown[] = [
  { timestamp: 1_700_000_000_000, n: 0, url: '/a', seen: new Date(5), note: undefined },
  { timestamp: 1_700_000_000_123, n: 1, url: '/a', seen: new Date(9), note: 'x' },
  { timestamp: 1_700_000_000_124, n: 2, url: '/b', seen: new Date(1), extra: { deep: [1, null, 'x'] } },
];
const ROWS = {
  count: 3,
  keys: ['timestamp', 'n', 'url', 'seen', 'note', 'extra'],
  columns: [
    [1_700_000_000_000, 1_700_000_000_123, 1_700_000_000_124],
    [0, 1, 2],
    ['/a', '/a', '/b'],
    [new Date(5), new Date(9), new Date(1)],
    [undefined, 'x'],
    [{ deep: [1, null, 'x'] }],
  ],
  shapes: [
    [0, 1, 2, 3, 4],
    [0, 1, 2, 3, 5],
  ],
  kinds: [0, 0, 1],
  whole: [],
};
const COMPRESSED = `{"rows":3,"columns":[{"key":"timestamp","kind":"delta","values":[1700000000000,123,1]},{"key":"n","kind":"delta","values":[0,1,1]},{"key":"url","kind":"words","values":[0,0,1],"words":["/a","/b"]},{"key":"seen","kind":"date","values":[5,4,-8]},{"key":"note","absent":[2],"blank":[0],"kind":"json","values":["x"]},{"key":"extra","absent":[0,1],"kind":"json","values":[{"deep":[1,null,"x"]}]}]}
{"rows":3,"columns":[{"key":null,"kind":"delta","values":[1700000000000,123,1]}]}`;

let name = '';
let log: LogRotator;
beforeEach(() => {
  name = `upgrade-${crypto.randomUUID()}`;
});
afterEach(async () => {
  await log.clear();
  await log[asyncDisposeSymbol]();
  indexedDB.deleteDatabase(`poise-logs:${name}`);
});

const segment = (id: string, compressedBytes?: number) => ({
  id,
  writer: 'a page that is gone',
  openedAt: 1_700_000_000_000,
  writtenAt: 1_700_000_000_200,
  sealed: true,
  packs: [{ count: 3, bytes: 120, since: 1_700_000_000_000, until: 1_700_000_000_124 }],
  compressedBytes,
});

async function writeVersion1(): Promise<void> {
  const database = await openDB(`poise-logs:${name}`, 1, {
    upgrade: (db) => {
      for (const store of ['segments', 'packs']) db.createObjectStore(store);
    },
  });
  const times = Float64Array.of(1_700_000_000_000, 1_700_000_000_123, 1_700_000_000_124);
  await database.put('segments', segment('one'), 'one');
  await database.put('packs', { rows: ROWS, times }, ['one', 0]);
  const stream = new Blob([COMPRESSED]).stream().pipeThrough(new CompressionStream('gzip'));
  const gzip = new Uint8Array(await new Response(stream).arrayBuffer());
  await database.put('segments', segment('two', gzip.length), 'two');
  await database.put('packs', { gzip }, ['two.gz', 0]);
  database.close();
}

async function read(): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const entry of log.query()) found.push(entry);
  return found;
}

/** Both segments hold the same entries, at the same times. */
const twice = ENTRIES.flatMap((entry) => [entry, entry]);

test('a log of version 1 keeps its entries, and goes on', async () => {
  await writeVersion1();
  log = new LogRotator({ name, maxFiles: 10 });
  expect(await read()).toHaveLength(6);
  const newer = { timestamp: 1_800_000_000_000, n: 3 };
  expect(await log.append(newer)).toBe(true);
  expect(await read()).toEqual(expect.arrayContaining([...twice, newer]));
  expect(log.stats).toMatchObject({ damaged: 0, persistent: true });
});

test('a log of version 2 keeps its entries, whose words were apart', async () => {
  const database = await openDB(`poise-logs:${name}`, 2, {
    upgrade: (db) => {
      for (const store of ['segments', 'packs']) db.createObjectStore(store);
    },
  });
  const times = Float64Array.of(1_700_000_000_000, 1_700_000_000_123, 1_700_000_000_124);
  const url = { words: ['/a', '/b'], at: Uint16Array.of(0, 0, 1) };
  const table = { count: 3, keys: ['timestamp', 'url'], columns: [times, url], shapes: [[0, 1]] };
  await database.put('segments', segment('one'), 'one');
  await database.put('packs', { table, times }, ['one', 0]);
  database.close();
  log = new LogRotator({ name, maxFiles: 10 });
  expect(await read()).toEqual([
    { timestamp: 1_700_000_000_000, url: '/a' },
    { timestamp: 1_700_000_000_123, url: '/a' },
    { timestamp: 1_700_000_000_124, url: '/b' },
  ]);
  expect(log.stats).toMatchObject({ damaged: 0, persistent: true });
});

test('its plain segments are compressed as new ones are, and read the same', async () => {
  await writeVersion1();
  log = new LogRotator({ name, maxFiles: 10 });
  await log.rotate();
  const database = await openDB(`poise-logs:${name}`);
  const kept = await database.getAllKeys('packs');
  database.close();
  expect(kept).toEqual([
    ['one.gz', 0],
    ['two.gz', 0],
  ]);
  const found = await read();
  expect(found).toHaveLength(6);
  expect(found).toEqual(expect.arrayContaining(twice));
  expect(log.stats).toMatchObject({ entries: 6, damaged: 0 });
});

test('a page of an older version, still open, does not stand in the way', async () => {
  await writeVersion1();
  let closed = false;
  const older = await openDB(`poise-logs:${name}`, 1, {
    blocking: () => {
      older.close();
      closed = true;
    },
  });
  log = new LogRotator({ name, maxFiles: 10 });
  expect(await read()).toHaveLength(6);
  expect(closed).toBe(true);
  await expect(openDB(`poise-logs:${name}`, 1)).rejects.toMatchObject({ name: 'VersionError' });
});
