import { expect, test } from 'vitest';
import { type CacheStore, CacheStoreErrorCode, type CacheStoreHost } from '../../src/cache/index.js';
import { DeferredStore } from '../../src/cache/persistent/deferred-store.js';
import { PackStore } from '../../src/cache/persistent/pack-store.js';
import { resolveCacheStoreConfig } from '../../src/cache/persistent/store-config.js';
import { databaseName, newName, open } from './persistent-support.js';

/** Stores whose code comes when `arrive` is called. */
function late() {
  let arrive = (): void => undefined;
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const openStore = <K, V>(host: CacheStoreHost<K, V>): CacheStore<K, V> =>
    new DeferredStore(host, async () => {
      await arrived;
      return new PackStore(host, resolveCacheStoreConfig({}));
    });
  return { openStore, arrive };
}

/** Stores whose code is not to be had, as when a chunk of an older release is gone from the server. */
const never = <K, V>(host: CacheStoreHost<K, V>): CacheStore<K, V> =>
  new DeferredStore(host, () => Promise.reject(new TypeError('no such chunk')));

const hasDatabase = async (name: string): Promise<boolean> =>
  (await indexedDB.databases()).some((database) => database.name === databaseName(name));

test('what is called before the store is loaded happens in its order, and reads wait for it', async () => {
  const name = newName();
  const earlier = open<string>(name);
  for (const key of ['old', 'gone', 'tagged']) earlier.cache.set(key, '0', { tags: key === 'tagged' ? ['x'] : [] });
  await earlier.close();

  const { openStore, arrive } = late();
  const { cache, close, errors } = open<string>(name, { maxSize: 1 }, { openStore });
  cache.set('a', '1').set('b', '1', { tags: ['x'] });
  cache.invalidateTag('x');
  cache.set('b', '2').set('c', '1', { tags: ['x'] });
  cache.delete('a');
  cache.delete('gone');
  cache.set('d', '7');
  cache.invalidateWhere((value) => value === '7');
  cache.set('a', '2');
  expect(cache.stats.disk).toMatchObject({ persistent: true, entries: 0, pending: 10 });
  let settled = 0;
  const count = () => settled++;
  const keys = ['old', 'gone', 'tagged', 'a', 'b', 'c', 'd'];
  const read = Promise.all(keys.map((key) => cache.load(key)));
  const waiting = [cache.ready.then(count), cache.flush().then(count), read.then(count)];
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([settled, cache.get('old')]).toEqual([0, undefined]);
  arrive();
  await Promise.all(waiting);
  const expected = ['0', undefined, undefined, '2', '2', '1', undefined];
  expect(await read).toEqual(expected);
  expect(await cache.flush()).toBe(true);
  expect(cache.stats.disk).toMatchObject({ persistent: true, pending: 0 });
  await close();
  const later = open<string>(name);
  expect(await Promise.all(keys.map((key) => later.cache.load(key)))).toEqual(expected);
  expect([...errors, ...later.errors]).toEqual([]);
});

test('clear before the store is loaded takes what was set before, on disk too', async () => {
  const name = newName();
  const earlier = open<number>(name);
  earlier.cache.set('old', 1);
  await earlier.close();
  const { openStore, arrive } = late();
  const { cache } = open<number>(name, {}, { openStore });
  cache.set('a', 1);
  cache.clear();
  cache.set('b', 2);
  expect(cache.stats.disk?.pending).toBe(2);
  arrive();
  await cache.ready;
  expect(await Promise.all(['old', 'a', 'b'].map((key) => cache.load(key)))).toEqual([undefined, undefined, 2]);
});

test('closed before the store is loaded: what was set is kept all the same', async () => {
  const name = newName();
  const { openStore, arrive } = late();
  const { cache, close } = open<number>(name, {}, { openStore });
  cache.set('a', 1);
  const closed = close();
  arrive();
  await closed;
  const later = open<number>(name);
  expect(await later.cache.load('a')).toBe(1);
});

test('a store that can not be loaded is told of once, and the cache goes on in memory', async () => {
  const { cache, errors } = open<number>(newName(), {}, { openStore: never });
  cache.set('a', 1);
  await cache.ready;
  cache.set('b', 2);
  expect(await cache.flush()).toBe(false);
  expect([await cache.load('a'), cache.get('b'), await cache.load('c')]).toEqual([1, 2, undefined]);
  expect(errors).toMatchObject([{ code: CacheStoreErrorCode.NOT_PERSISTENT, cause: { message: 'no such chunk' } }]);
  expect(cache.stats.disk).toMatchObject({ persistent: false, entries: 0, pending: 0 });
});

test('where it can not be loaded, nothing comes back later that was replaced or deleted meanwhile', async () => {
  const name = newName();
  const earlier = open<number>(name);
  earlier.cache.set('a', 1).set('b', 1);
  await earlier.close();

  const reading = open<number>(name, {}, { openStore: never });
  expect(await reading.cache.load('a')).toBeUndefined();
  await reading.close();
  expect(await hasDatabase(name)).toBe(true);

  const changing = open<number>(name, {}, { openStore: never });
  await changing.cache.ready;
  changing.cache.delete('a');
  await expect.poll(() => hasDatabase(name)).toBe(false);
  const later = open<number>(name);
  expect(await Promise.all([later.cache.load('a'), later.cache.load('b')])).toEqual([undefined, undefined]);
});
