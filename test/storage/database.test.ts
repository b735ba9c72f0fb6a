import { type DBSchema, openDB } from 'idb';
import { afterEach, expect, test } from 'vitest';
import { detectEnvironment } from '../../src/core/environment.js';
import { Database, StorageError, toStorageError } from '../../src/storage/index.js';

interface Schema extends DBSchema {
  things: { key: string; value: number };
}

const NAME = 'poise-test-database';
const opened: Database<Schema>[] = [];

function open(version = 1, environment: Pick<ReturnType<typeof detectEnvironment>, 'indexedDB'> = detectEnvironment()) {
  const database = new Database<Schema>({
    name: NAME,
    version,
    stores: ['things'],
    upgrade: (connection) => {
      if (!connection.objectStoreNames.contains('things')) connection.createObjectStore('things');
    },
    onLost: () => undefined,
    environment,
  });
  opened.push(database);
  return database;
}

const put = (database: Database<Schema>, key: string, value: number) =>
  database.run(async (connection) => await connection.put('things', value, key));
const get = (database: Database<Schema>, key: string) =>
  database.run(async (connection) => await connection.get('things', key));

afterEach(async () => {
  for (const database of opened.splice(0)) database.close();
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
});

test('keeps what it is given', async () => {
  await put(open(), 'a', 1);
  expect(await get(open(), 'a')).toBe(1);
});

test('a connection that closes under us is opened once more', async () => {
  const database = open();
  await put(database, 'a', 1);
  await database.run(async (connection) => connection.close());
  expect(await get(database, 'a')).toBe(1);
});

test('one that closes again and again is told of as closed', async () => {
  const database = open();
  let attempts = 0;
  const work = database.run(async (connection) => {
    attempts++;
    connection.close();
    return await connection.get('things', 'a');
  });
  await expect(work).rejects.toMatchObject({ name: 'StorageError', kind: 'closed', code: 'POISE_STORAGE_CLOSED' });
  expect(attempts).toBe(2);
});

test('another tab may upgrade or delete it at any time, and keeps its data', async () => {
  const old = open(1);
  await put(old, 'a', 1);
  const newer = open(2);
  expect(await get(newer, 'a')).toBe(1);
  await expect(get(old, 'a')).rejects.toMatchObject({ kind: 'closed' });
});

test.each([
  ['no stores', () => openDB(NAME, 1)],
  ['another, empty store', () => openDB(NAME, 1, { upgrade: (made) => void made.createObjectStore('others') })],
])('a database with %s is made anew', async (_, make) => {
  (await make()).close();
  const database = open(1);
  await put(database, 'a', 1);
  expect(await get(database, 'a')).toBe(1);
});

test('a database without its stores that holds anything is left alone', async () => {
  const others = await openDB(NAME, 1, { upgrade: (connection) => void connection.createObjectStore('others') });
  await others.put('others', 'precious', 'a');
  await expect(put(open(1), 'a', 1)).rejects.toMatchObject({ kind: 'failed' });
  expect(await others.get('others', 'a')).toBe('precious');
  others.close();
});

test('no IndexedDB is told of as such', async () => {
  await expect(get(open(1, { indexedDB: undefined }), 'a')).rejects.toMatchObject({ kind: 'unsupported' });
});

test('after close it stays closed', async () => {
  const database = open();
  await put(database, 'a', 1);
  database.close();
  database.close();
  await expect(get(database, 'a')).rejects.toBeInstanceOf(StorageError);
});

test('a full disk is one error, however it arrives', () => {
  const quota = new DOMException('full', 'QuotaExceededError');
  const abort = new DOMException('aborted', 'AbortError');
  expect([toStorageError(quota).kind, toStorageError(abort, quota).kind, toStorageError(abort).kind]).toEqual([
    'quota',
    'quota',
    'failed',
  ]);
  const made = toStorageError(quota);
  expect(toStorageError(made)).toBe(made);
});

test('what can not be cloned is told of', async () => {
  const value: unknown = () => 1;
  await expect(Reflect.apply(put, undefined, [open(), 'a', value])).rejects.toMatchObject({ kind: 'unclonable' });
});
