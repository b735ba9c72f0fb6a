import { expect, test } from 'vitest';
import { databaseName, newName, open } from './persistent-support.js';

const shared = { a: 1 };
const cycle: Record<string, unknown> = { name: 'cycle' };
cycle['self'] = cycle;
const sparse: unknown[] = new Array(3);
sparse[1] = 'x';

/** One of each structured-clonable type (https://html.spec.whatwg.org/multipage/structured-data.html). */
const VALUES: Readonly<Record<string, unknown>> = {
  text: 'text',
  'empty text': '',
  'lone surrogate': '\ud800',
  number: 1.5,
  'negative zero': -0,
  NaN: Number.NaN,
  infinity: Number.NEGATIVE_INFINITY,
  bigint: 2n ** 70n,
  true: true,
  null: null,
  undefined,
  Date: new Date(5),
  'invalid Date': new Date(Number.NaN),
  RegExp: /a+/giu,
  Map: new Map<unknown, unknown>([
    ['a', 1],
    [{ k: 1 }, new Set([1])],
  ]),
  Set: new Set([1, 'a', Number.NaN]),
  array: [1, [2, [3]], undefined],
  sparse,
  object: { a: { b: [{ c: null }] }, d: undefined },
  'own __proto__': JSON.parse('{"__proto__": {"a": 1}}'),
  'shared twice': [shared, shared],
  cycle,
  ArrayBuffer: new Uint8Array([1, 2, 3]).buffer,
  Uint8Array: new Uint8Array([1, 2, 3]),
  Int16Array: new Int16Array([-1, 2]),
  Float64Array: new Float64Array([-0, Number.NaN, 1.5]),
  BigInt64Array: new BigInt64Array([-1n]),
  DataView: new DataView(new ArrayBuffer(4), 1, 2),
  Error: new RangeError('out of range', { cause: 'a cause' }),
  'boxed number': Object(1),
  'boxed text': Object('a'),
  DOMRect: new DOMRect(1, 2, 3, 4),
  ImageData: new ImageData(2, 1),
  nested: { list: [new Map([['when', { at: new Date(7), bytes: new Uint8Array([9]) }]])], plain: 'x' },
};

test('values of every structured-clonable type come back equal, after a reload', async () => {
  const name = newName();
  const first = open<unknown>(name);
  for (const [key, value] of Object.entries(VALUES)) first.cache.set(key, value);
  expect(await first.cache.flush()).toBe(true);
  expect(first.cache.stats.disk).toMatchObject({ entries: Object.keys(VALUES).length, unstorable: 0 });
  await first.close();

  const { cache } = open<unknown>(name, { maxSize: 1 });
  for (const [key, value] of Object.entries(VALUES)) {
    const loaded = await cache.load(key);
    expect(loaded, key).toEqual(value);
    expect(Object.prototype.toString.call(loaded), key).toBe(Object.prototype.toString.call(value));
    if (value instanceof Error) expect(loaded).toBeInstanceOf(RangeError);
    if (typeof value === 'number') expect(Object.is(loaded, value), key).toBe(true);
  }
  expect(1 in Object(await cache.load('sparse')) && !(0 in Object(await cache.load('sparse')))).toBe(true);
  expect(cache.has('undefined') || (await cache.load('undefined')) === undefined).toBe(true);
});

test('a Blob is kept, or where the browser refuses it stays in memory and is counted', async () => {
  const name = newName();
  const first = open<unknown>(name);
  first.cache.set('before', new Map([[1, 1]]));
  first.cache.set('blob', new Blob(['content']));
  first.cache.set('after', { a: 1 });
  await first.cache.flush();
  const unstorable = first.cache.stats.disk?.unstorable;
  expect(first.cache.stats.disk).toMatchObject({ persistent: true, entries: 3 - (unstorable ?? 0) });
  expect(first.errors.map(({ code }) => code)).toEqual(unstorable === 1 ? ['POISE_CACHE_UNSTORABLE'] : []);
  expect(first.cache.get('blob')).toBeInstanceOf(Blob);
  await first.close();

  const { cache } = open<unknown>(name);
  await cache.ready;
  expect([cache.get('before'), cache.get('after')]).toEqual([new Map([[1, 1]]), { a: 1 }]);
  const blob = cache.get('blob');
  if (unstorable === 1) expect(blob).toBeUndefined();
  else expect(blob instanceof Blob && (await blob.text())).toBe('content');
});

const map = (n: number) => new Map([[n, n]]);
const blob = (n: number) => new Blob([String(n)]);

test.each([
  ['among others', (n: number) => [blob(n), map(n), { n }, n][n % 4]],
  // More than a pack of what is cloned and taken, before the first that may be refused.
  ['after others', (n: number) => (n < 125 ? map(n) : n < 250 ? blob(n) : { n })],
])('many Blobs %s: what the browser refuses does not keep the rest from the disk', async (_, value) => {
  const name = newName();
  const first = open<unknown>(name);
  for (let n = 0; n < 500; n++) first.cache.set(`${n}`, value(n));
  first.cache.clear();
  for (let n = 0; n < 500; n++) first.cache.set(`${n}`, value(n));
  expect(await first.cache.flush()).toBe(true);
  const { unstorable = 0, persistent } = first.cache.stats.disk ?? {};
  expect(persistent).toBe(true);
  expect([0, 125]).toContain(unstorable);
  await first.close();

  const { cache } = open<unknown>(name);
  const found = await Promise.all(Array.from({ length: 500 }, (_, n) => cache.load(`${n}`)));
  expect(found.filter((one) => one === undefined)).toHaveLength(unstorable);
  expect(found.filter((one) => one instanceof Map)).toHaveLength(125);
});

test('what can not be cloned stays in memory, is told of, and does not keep others from the disk', async () => {
  const name = newName();
  const first = open<unknown>(name);
  first.cache.set('function', 1);
  await first.cache.flush();
  first.cache.set('function', { run: () => 1 });
  first.cache.set('getter', {
    get bad(): number {
      throw new RangeError('no');
    },
  });
  for (let n = 0; n < 150; n++) first.cache.set(`map${n}`, new Map([[n, n]]));
  expect(await first.cache.flush()).toBe(true);
  expect(first.cache.stats.disk).toMatchObject({ persistent: true, unstorable: 2, entries: 150 });
  expect(new Set(first.errors.map(({ code }) => code))).toEqual(new Set(['POISE_CACHE_UNSTORABLE']));
  expect(first.cache.get('function')).toHaveProperty('run');
  await first.close();
  const { cache } = open<unknown>(name);
  // The value before it does not come back in its place.
  expect(await Promise.all([cache.load('function'), cache.load('map149')])).toEqual([undefined, new Map([[149, 149]])]);
});

test('keys of each kind that the disk knows; others stay in memory', async () => {
  const name = newName();
  const first = open<number>(name);
  const keys: unknown[] = ['1', 1, 1n, true, Number.NaN, { a: 1 }];
  for (const [n, key] of keys.entries()) Reflect.apply(first.cache.set, first.cache, [key, n]);
  expect(await first.cache.flush()).toBe(true);
  expect(first.cache.stats.disk).toMatchObject({ entries: 5, unstorable: 1 });
  await first.close();
  const { cache } = open<number>(name);
  const load = (key: unknown) => Reflect.apply(cache.load, cache, [key]);
  expect(await Promise.all(keys.map(load))).toEqual([0, 1, 2, 3, 4, undefined]);
});

/** Puts something else in the place of the first record of a store, or nothing. */
async function tamper(name: string, store: 'heads' | 'packs', change: (record: unknown) => unknown): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open(databaseName(name));
    request.onsuccess = () => resolve(request.result);
  });
  const transaction = database.transaction(store, 'readwrite');
  const cursor = transaction.objectStore(store).openCursor();
  cursor.onsuccess = () => {
    const record = change(cursor.result?.value);
    if (record === undefined) cursor.result?.delete();
    else cursor.result?.update(record);
  };
  await new Promise((resolve) => {
    transaction.oncomplete = resolve;
  });
  database.close();
}

test.each<[string, 'heads' | 'packs', (record: unknown) => unknown, 'damaged' | 'outdated']>([
  ['a pack that is no object', 'packs', () => 7, 'damaged'],
  ['a pack of another form', 'packs', () => ({ format: 1, text: 5 }), 'damaged'],
  ['a pack whose text was cut', 'packs', (record) => ({ ...Object(record), text: '{' }), 'damaged'],
  [
    'a pack whose text is no JSON',
    'packs',
    (r) => ({ ...Object(r), text: '{'.repeat(Object(r).text.length) }),
    'damaged',
  ],
  ['a pack whose bytes are not compressed', 'packs', (r) => ({ ...Object(r), text: new Uint8Array(9) }), 'damaged'],
  ['a pack that is missing', 'packs', () => undefined, 'damaged'],
  ['a pack of another version', 'packs', (record) => ({ ...Object(record), format: 0 }), 'outdated'],
  ['a head of another form', 'heads', (record) => ({ ...Object(record), keys: 'none' }), 'damaged'],
  ['a head of another version', 'heads', (record) => ({ ...Object(record), format: 0 }), 'outdated'],
])('%s: misses, counted; the rest stays readable, and can be set again', async (_what, store, change, counted) => {
  const name = newName();
  const first = open<object>(name);
  for (let n = 0; n < 200; n++) first.cache.set(`k${n}`, { n });
  await first.close();
  await tamper(name, store, change);

  const second = open<object>(name, { store: { preloadEntries: 0 } });
  expect(await second.cache.load('k0')).toBeUndefined();
  expect(await second.cache.load('k0')).toBeUndefined();
  expect(await second.cache.load('k150')).toEqual({ n: 150 });
  expect(second.cache.stats.disk).toMatchObject({ persistent: true, [counted]: 1 });
  second.cache.set('k0', { n: -1 });
  await second.close();
  const { cache } = open<object>(name);
  await cache.ready;
  expect([cache.get('k0'), cache.get('k1'), cache.get('k150')]).toEqual([{ n: -1 }, undefined, { n: 150 }]);
});
