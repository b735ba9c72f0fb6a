import { expect, test } from 'vitest';
import { CacheError, persistentStore } from '../../src/cache/index.js';
import { detectEnvironment } from '../../src/core/environment.js';
import { VirtualClock } from '../support/virtual-clock.js';
import { deleteDatabase, newName, open } from './persistent-support.js';

test('what was set is there after a reload, in memory as soon as it is ready', async () => {
  const name = newName();
  const first = open<number>(name);
  for (let n = 0; n < 350; n++) first.cache.set(`k${n}`, n);
  expect(await first.cache.flush()).toBe(true);
  expect(first.cache.stats.disk).toMatchObject({ persistent: true, entries: 350, packs: 4, pending: 0, damaged: 0 });
  await first.close();

  const { cache, errors } = open<number>(name);
  expect(cache.get('k0')).toBeUndefined();
  await cache.ready;
  expect([cache.size, cache.get('k0'), cache.get('k349')]).toEqual([350, 0, 349]);
  expect(errors).toEqual([]);
});

test('load finds what is not in memory, before it is ready too, and misses are misses', async () => {
  const name = newName();
  const first = open<number>(name);
  for (let n = 0; n < 1_000; n++) first.cache.set(`k${n}`, n);
  await first.close();

  const { cache } = open<number>(name, { maxSize: 10 });
  expect(await cache.load('k7')).toBe(7);
  await cache.ready;
  const loaded = await Promise.all(Array.from({ length: 1_000 }, (_, n) => cache.load(`k${n}`)));
  expect(loaded).toEqual(Array.from({ length: 1_000 }, (_, n) => n));
  expect(await cache.load('nothing')).toBeUndefined();
  expect(cache.size).toBe(10);
});

test('reads see every call so far, whether it is on disk or not', async () => {
  const { cache } = open<string>(newName(), { maxSize: 1 });
  await cache.ready;
  cache.set('a', '1');
  cache.set('b', '1');
  expect(await cache.load('a')).toBe('1');
  await cache.flush();
  cache.set('a', '2');
  cache.set('c', '1');
  expect(await cache.load('a')).toBe('2');
  cache.delete('a');
  expect(await cache.load('a')).toBeUndefined();
  expect(await cache.load('b')).toBe('1');
  cache.clear();
  cache.set('c', '2');
  cache.set('d', '2');
  expect(await Promise.all(['b', 'c', 'd'].map((key) => cache.load(key)))).toEqual([undefined, '2', '2']);
  await cache.flush();
  expect(await Promise.all(['b', 'c', 'd'].map((key) => cache.load(key)))).toEqual([undefined, '2', '2']);
});

test('entries that lie together are loaded from disk together, though they are asked for one after another', async () => {
  const name = newName();
  const first = open<string>(name);
  for (let n = 0; n < 60; n++) first.cache.set(`k${n}`, 'x'.repeat(100));
  await first.close();

  const { cache } = open<string>(name, { maxSize: 1, store: { preloadEntries: 0 } });
  await cache.ready;
  await cache.load('k0');
  const once = cache.stats.disk?.bytesRead ?? 0;
  expect(once).toBeGreaterThanOrEqual(60 * 100);
  for (let n = 1; n < 60; n++) expect(await cache.load(`k${n}`)).toBe('x'.repeat(100));
  // A garbage collection in between makes it twice.
  expect(cache.stats.disk?.bytesRead).toBeLessThanOrEqual(4 * once);
});

test('what was deleted with its database is not found any more, though its pack was read a moment ago', async () => {
  const name = newName();
  const first = open<number>(name);
  for (const key of ['a', 'b']) first.cache.set(key, 1);
  await first.close();

  const { cache } = open<number>(name, { maxSize: 1, store: { preloadEntries: 0 } });
  await cache.ready;
  expect(await cache.load('a')).toBe(1);
  await deleteDatabase(name);
  expect(await cache.load('b')).toBeUndefined();
});

test.each([
  ['JSON carries', () => ({ list: [1] })],
  ['is cloned', () => ({ list: [1], at: new Date(5) })],
])('what the app does to a value that %s does not change what it reads again', async (_, make) => {
  const name = newName();
  const first = open<{ list: number[] }>(name);
  for (const key of ['a', 'b']) first.cache.set(key, make());
  await first.close();

  const { cache } = open<{ list: number[] }>(name, { maxSize: 1, store: { preloadEntries: 0 } });
  await cache.ready;
  (await cache.load('a'))?.list.push(2);
  await cache.load('b');
  expect(await cache.load('a')).toEqual(make());
});

test('overwritten, deleted, cleared: the newest counts after a reload', async () => {
  const name = newName();
  const first = open<number>(name);
  first.cache.set('gone', 1);
  await first.cache.flush();
  first.cache.clear();
  for (const key of ['a', 'b', 'c']) first.cache.set(key, 1);
  await first.cache.flush();
  first.cache.set('a', 2);
  first.cache.delete('b');
  await first.close();

  const { cache } = open<number>(name);
  await cache.ready;
  expect(Object.fromEntries(cache)).toEqual({ a: 2, c: 1 });
});

test('tags and predicates reach what is only on disk', async () => {
  const name = newName();
  const first = open<number>(name);
  for (let n = 0; n < 300; n++) first.cache.set(`k${n}`, n, { tags: n % 2 === 0 ? ['even', 'n'] : ['n'] });
  await first.close();

  const second = open<number>(name, { maxSize: 5 });
  second.cache.invalidateTag('even');
  second.cache.set('k2', -2, { tags: ['even'] });
  second.cache.invalidateWhere((value) => value >= 100);
  second.cache.set('k101', 1_000);
  expect(await Promise.all(['k0', 'k1', 'k2', 'k101', 'k201'].map((key) => second.cache.load(key)))).toEqual([
    undefined,
    1,
    -2,
    1_000,
    undefined,
  ]);
  await second.cache.ready;
  await expect.poll(() => second.cache.stats.disk?.entries).toBe(52);
  await second.close();

  const { cache } = open<number>(name);
  await cache.ready;
  expect([cache.size, cache.get('k2'), cache.get('k99'), cache.get('k101')]).toEqual([52, -2, 99, 1_000]);
});

test('what has expired is not there, after a reload either', async () => {
  const name = newName();
  const clock = new VirtualClock();
  const first = open<number>(name, {}, { clock });
  first.cache.set('short', 1, { ttlSeconds: 10 });
  first.cache.set('long', 2, { ttlSeconds: Number.POSITIVE_INFINITY });
  await first.close();
  clock.advance(10_000);
  const { cache } = open<number>(name, {}, { clock });
  expect(await cache.load('short')).toBeUndefined();
  await cache.ready;
  expect([...cache]).toEqual([['long', 2]]);
});

test('only the newest that fit are brought into memory, and nothing in memory gives way', async () => {
  const name = newName();
  const first = open<number>(name);
  for (let n = 0; n < 500; n++) first.cache.set(`k${n}`, n);
  await first.close();
  const { cache } = open<number>(name, { maxSize: 500, evictionPolicy: 'lru', store: { preloadEntries: 20 } });
  cache.set('k490', -1);
  await cache.ready;
  expect([cache.size, cache.get('k490'), cache.get('k480'), cache.get('k479')]).toEqual([20, -1, 480, undefined]);
});

test('what is deleted and replaced again and again takes no more room for it', async () => {
  const name = newName();
  const { cache } = open<number>(name);
  for (let round = 0; round < 60; round++) {
    for (let n = 0; n < 50; n++) cache.set(`k${n}`, round);
    cache.set(`extra${round}`, round);
    cache.delete(`extra${round - 1}`);
    await cache.flush();
  }
  await expect.poll(() => cache.stats.disk?.packs, { timeout: 10_000 }).toBeLessThan(20);
  expect(cache.stats.disk).toMatchObject({ entries: 51, damaged: 0 });
  expect(cache.stats.disk?.compactions).toBeGreaterThan(0);
  const other = open<number>(name);
  await other.cache.ready;
  expect([other.cache.size, other.cache.get('k0'), other.cache.get('extra59')]).toEqual([51, 59, 59]);
});

test('what only removed something is no damage when it is tidied up', async () => {
  const { cache, errors } = open<number>(newName());
  cache.set('stays', 1);
  for (let n = 0; n < 30; n++) {
    cache.set(`k${n}`, n);
    await cache.flush();
    cache.delete(`k${n}`);
    await cache.flush();
  }
  await expect.poll(() => cache.stats.disk?.compactions, { timeout: 10_000 }).toBeGreaterThan(0);
  expect(cache.stats.disk).toMatchObject({ entries: 1, damaged: 0 });
  expect(errors).toEqual([]);
});

test('the oldest on disk give way when there are too many', async () => {
  const { cache } = open<number>(newName(), { store: { maxDiskEntries: 500 } });
  for (let n = 0; n < 900; n++) cache.set(`k${n}`, n);
  await cache.flush();
  await expect.poll(() => cache.stats.disk?.entries, { timeout: 10_000 }).toBeLessThanOrEqual(500);
  expect(cache.stats.disk?.evictions).toBeGreaterThan(0);
  cache.evict(900);
  expect(await Promise.all([cache.load('k0'), cache.load('k899')])).toEqual([undefined, 899]);
});

test('compression: the same values, of text that takes less room', async () => {
  const name = newName();
  const first = open<string>(name, { compression: true });
  for (let n = 0; n < 100; n++) first.cache.set(`k${n}`, `${n} `.repeat(100));
  await first.close();
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open(`poise-cache:${name}`);
    request.onsuccess = () => resolve(request.result);
  });
  const [pack] = await new Promise<{ text: Uint8Array }[]>((resolve) => {
    const request = database.transaction('packs').objectStore('packs').getAll();
    request.onsuccess = () => resolve(request.result);
  });
  database.close();
  expect(pack?.text).toBeInstanceOf(Uint8Array);
  expect(pack?.text.length).toBeLessThan(5_000);
  const { cache, errors } = open<string>(name);
  await cache.ready;
  expect([cache.size, cache.get('k42')]).toEqual([100, '42 '.repeat(100)]);
  expect(errors).toEqual([]);
});

test('without IndexedDB it is a cache in memory, and says so', async () => {
  const environment = { ...detectEnvironment(), indexedDB: undefined };
  const { cache, errors } = open<number>(newName(), {}, { environment });
  cache.set('a', 1);
  await cache.ready;
  expect(await cache.flush()).toBe(false);
  expect([cache.get('a'), await cache.load('b')]).toEqual([1, undefined]);
  expect(cache.stats.disk).toMatchObject({ persistent: false, entries: 0, pending: 0 });
  expect(errors).toMatchObject([{ name: 'CacheStoreError', code: 'POISE_CACHE_NOT_PERSISTENT' }]);
});

test('a database that is deleted under us is made anew, and writing goes on', async () => {
  const name = newName();
  const { cache, errors } = open<number>(name, { maxSize: 1 });
  cache.set('a', 1);
  await cache.flush();
  await deleteDatabase(name);
  cache.set('b', 2);
  expect(await cache.flush()).toBe(true);
  cache.set('c', 3);
  expect(await Promise.all(['a', 'b', 'c'].map((key) => cache.load(key)))).toEqual([undefined, 2, 3]);
  expect(errors).toEqual([]);
});

test('a disposed cache lets go of its database after it wrote what waited', async () => {
  const name = newName();
  const { cache } = open<number>(name);
  cache.set('a', 1);
  cache[Symbol.dispose ?? Symbol.for('Symbol.dispose')]();
  const next = open<number>(name);
  await expect.poll(() => next.cache.load('a')).toBe(1);
});

test('bad options are refused by name', () => {
  expect(() => persistentStore({ maxDiskEntries: 0 })).toThrow(CacheError);
  // @ts-expect-error there is no such option
  expect(() => persistentStore({ maxSize: 3 })).toThrow(/maxSize/);
});
