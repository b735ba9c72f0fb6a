import { expect, onTestFinished, test } from 'vitest';
import { Cache, type CacheConfig, CacheError, type CacheRemoval, EvictionPolicy } from '../../src/cache/index.js';
import { disposeSymbol } from '../../src/core/disposer.js';
import { VirtualClock } from '../support/virtual-clock.js';

function make(config: CacheConfig<string, number> = {}) {
  const clock = new VirtualClock();
  const cache = new Cache<string, number>(config, { clock });
  const removed: CacheRemoval<string, number>[] = [];
  cache.removals$.subscribe((removal) => removed.push(removal));
  onTestFinished(() => cache[disposeSymbol]());
  return { clock, cache, removed, reasons: () => removed.map(({ key, reason }) => `${key} ${reason}`) };
}

/** Until the script that runs is over: only then time goes on. */
const nextScript = () => Promise.resolve();

test('gives back what was set, and counts hits and misses', () => {
  const { cache } = make();
  cache.set('a', 1);
  expect(cache.get('a')).toBe(1);
  expect(cache.get('b')).toBeUndefined();
  expect(cache.stats).toMatchObject({ entries: 1, hits: 1, misses: 1, hitRate: 0.5, sets: 1, bytes: undefined });
});

test('peek, has and iteration count as no use', () => {
  const { cache } = make({ maxSize: 2, evictionPolicy: 'lru' });
  cache.set('a', 1).set('b', 2);
  expect([cache.peek('a'), cache.has('a'), [...cache.keys()], [...cache.values()]]).toEqual([
    1,
    true,
    ['a', 'b'],
    [1, 2],
  ]);
  cache.set('c', 3);
  expect(cache.has('a')).toBe(false);
  expect(cache.stats).toMatchObject({ hits: 0, misses: 0, hitRate: undefined });
});

test.each(Object.values(EvictionPolicy))(
  '%s: never over its limits, and what was just set is there',
  (evictionPolicy) => {
    const { cache } = make({ maxSize: 20, maxBytes: 50, sizeOf: (value) => value % 7, evictionPolicy });
    for (let n = 0; n < 3_000; n++) {
      const key = `k${(n * n) % 61}`;
      if (cache.get(key) === undefined) cache.set(key, n);
      expect(cache.has(key)).toBe(true);
      expect(cache.size).toBeLessThanOrEqual(20);
      expect(cache.bytes).toBeLessThanOrEqual(50);
    }
    expect(cache.stats.evictions).toBeGreaterThan(0);
    cache.clear();
    expect([cache.size, cache.bytes, [...cache]]).toEqual([0, 0, []]);
    cache.set('again', 1);
    expect(cache.get('again')).toBe(1);
  },
);

test.each(Object.values(EvictionPolicy))('%s: limited by bytes alone', (evictionPolicy) => {
  const { cache } = make({ maxSize: Number.POSITIVE_INFINITY, maxBytes: 100, sizeOf: () => 10, evictionPolicy });
  for (let n = 0; n < 50; n++) cache.set(`k${n}`, n);
  expect([cache.size, cache.bytes]).toEqual([10, 100]);
});

test('an entry expires when its time is over, asked for or not', async () => {
  const { cache, clock, reasons } = make({ ttlSeconds: 10 });
  cache.set('a', 1).set('b', 2, { ttlSeconds: 20 }).set('c', 3, { ttlSeconds: Number.POSITIVE_INFINITY });
  clock.advance(9_999);
  await nextScript();
  expect(cache.get('a')).toBe(1);
  clock.advance(1);
  await nextScript();
  expect(cache.get('a')).toBeUndefined();
  expect(reasons()).toEqual(['a ttl']);
  clock.advance(60_000);
  expect(reasons()).toEqual(['a ttl', 'b ttl']);
  expect(cache.stats).toMatchObject({ entries: 1, expirations: 2 });
  expect(clock.waiting).toBe(0);
});

test('what expired while the machine slept is not given back, though no timer has run', async () => {
  const { cache, clock, reasons } = make({ ttlSeconds: 10 });
  cache.set('a', 1);
  await nextScript();
  clock.jump(60_000);
  expect(cache.get('a')).toBeUndefined();
  expect(cache.has('a')).toBe(false);
  expect([...cache]).toEqual([]);
  expect(reasons()).toEqual(['a ttl']);
});

test('a time of 0 keeps nothing', () => {
  const { cache, reasons } = make();
  cache.set('a', 1).set('a', 2, { ttlSeconds: 0 });
  expect(cache.get('a')).toBeUndefined();
  expect(reasons()).toEqual(['a replaced']);
});

test('what is larger than the cache is not kept, and takes the old value with it', () => {
  const { cache, reasons } = make({ maxBytes: 10 });
  cache.set('a', 1, { bytes: 4 }).set('b', 2, { bytes: 4 }).set('a', 3, { bytes: 11 });
  expect([...cache]).toEqual([['b', 2]]);
  expect(reasons()).toEqual(['a bytes']);
});

test('tags and predicates call entries invalid', () => {
  const { cache, reasons } = make();
  cache
    .set('a', 1, { tags: ['x', 'y'] })
    .set('b', 2, { tags: ['y'] })
    .set('c', 3);
  expect(cache.invalidateTag('x')).toBe(1);
  expect(cache.invalidateTag('x')).toBe(0);
  cache.set('b', 4);
  expect(cache.invalidateTag('y')).toBe(0);
  expect(cache.invalidateWhere((value) => value > 3)).toBe(1);
  expect(cache.invalidateKeys(['c', 'd'])).toBe(1);
  expect(reasons()).toEqual(['a tag', 'b replaced', 'b tag', 'c tag']);
  expect(cache.stats.invalidations).toBe(3);
});

test('a predicate that throws drops nothing', () => {
  const { cache } = make();
  cache.set('a', 1).set('b', 2);
  const test = (value: number) => {
    if (value === 2) throw new Error('no');
    return true;
  };
  expect(() => cache.invalidateWhere(test)).toThrow('no');
  expect(cache.size).toBe(2);
});

test('each value that leaves is told once, with why, when the call is done', () => {
  const { cache, removed } = make({ maxSize: 1, sizeOf: (value) => value });
  cache.removals$.subscribe(({ key }) => {
    if (key === 'a') expect(cache.get('b')).toBe(2);
  });
  cache.set('a', 1).set('b', 2).set('b', 3);
  cache.delete('b');
  cache.set('c', 5);
  cache.clear();
  expect(removed).toEqual([
    { key: 'a', value: 1, bytes: 1, reason: 'size' },
    { key: 'b', value: 2, bytes: 2, reason: 'replaced' },
    { key: 'b', value: 3, bytes: 3, reason: 'deleted' },
    { key: 'c', value: 5, bytes: 5, reason: 'cleared' },
  ]);
});

test('a subscriber may use the cache', () => {
  const { cache } = make({ maxSize: 2, evictionPolicy: 'lru' });
  const again = new Set<string>();
  cache.removals$.subscribe(({ key, value }) => {
    if (again.has(key)) return;
    again.add(key);
    cache.set(key, value);
  });
  cache.set('a', 1).set('b', 2).set('c', 3);
  expect(cache.size).toBe(2);
  expect(new Set([...cache.keys()]).size).toBe(2);
});

test('gives memory back as pressure asks', () => {
  const { cache } = make({ maxSize: 100, sizeOf: () => 3 });
  for (let n = 0; n < 100; n++) cache.set(`k${n}`, n);
  expect(cache.releaseMemory('nominal')).toEqual({ items: 0, bytes: 0 });
  expect(cache.releaseMemory('fair')).toEqual({ items: 10, bytes: 30 });
  expect(cache.releaseMemory('critical')).toEqual({ items: 90, bytes: 270 });
  expect(cache.size).toBe(0);
});

test('stats$ starts with the newest, tells of changes and completes', () => {
  const { cache, clock } = make();
  const seen: number[] = [];
  let completed = false;
  cache.set('a', 1);
  cache.stats$.subscribe({ next: ({ sets }) => seen.push(sets), complete: () => (completed = true) });
  cache.set('b', 2).set('c', 3);
  clock.advance(100);
  expect(seen).toEqual([1, 3]);
  cache[disposeSymbol]();
  expect(completed).toBe(true);
});

test.each([
  [{ ttlSeconds: -1 }, 'ttlSeconds'],
  [{ ttlSeconds: Number.NaN }, 'ttlSeconds'],
  [{ maxSize: 0 }, 'maxSize'],
  [{ maxSize: Number.POSITIVE_INFINITY }, 'maxSize'],
  [{ maxBytes: 0 }, 'maxBytes'],
  [{ evictionPolicy: 'mru' }, 'evictionPolicy'],
  [{ max: 5 }, 'max'],
  [{ sizeOf: 5 }, 'sizeOf'],
])('%o throws a CacheError that names the option', (config, option) => {
  const error = catchError(() => Reflect.construct(Cache, [config]));
  expect(error).toBeInstanceOf(CacheError);
  expect(error).toMatchObject({ option, code: 'POISE_CACHE' });
});

test('bad options of set throw a CacheError, and set nothing', () => {
  const { cache } = make();
  expect(catchError(() => cache.set('a', 1, { ttlSeconds: -1 }))).toMatchObject({
    name: 'CacheError',
    option: 'ttlSeconds',
  });
  expect(catchError(() => cache.set('a', 1, { tags: [''] }))).toMatchObject({ name: 'CacheError', option: 'tags' });
  expect(cache.size).toBe(0);
});

function catchError(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
