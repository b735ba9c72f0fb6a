import { expect, onTestFinished, test } from 'vitest';
import { CacheError, CacheManager, type CacheManagerConfig } from '../../src/cache/index.js';
import { disposeSymbol } from '../../src/core/disposer.js';
import { BYTES_PER_MB } from '../../src/core/units.js';
import { VirtualClock } from '../support/virtual-clock.js';

function make(config: CacheManagerConfig = {}) {
  const clock = new VirtualClock();
  const manager = new CacheManager({ crossTab: false, ...config }, { clock });
  onTestFinished(() => manager[disposeSymbol]());
  return { clock, manager };
}

test('one cache a name, with the default time to live', () => {
  const { manager } = make({ defaultTtlSeconds: 7 });
  const users = manager.getCache<string, number>('users', { maxSize: 5 });
  expect(manager.getCache('users')).toBe(users);
  expect(users.config).toMatchObject({ name: 'users', ttlSeconds: 7, maxSize: 5 });
  expect(manager.getCache('other', { ttlSeconds: 1 }).config.ttlSeconds).toBe(1);
});

test('bad options throw a CacheError', () => {
  expect(() => new CacheManager({ defaultTtlSeconds: -1 })).toThrow(CacheError);
  expect(() => new CacheManager({ maxMemoryMb: 0 })).toThrow(/maxMemoryMb/);
  const { manager } = make();
  expect(() => manager.getCache('')).toThrow(CacheError);
  expect(() => manager.getCache('a', { maxSize: -1 })).toThrow(/maxSize/);
});

test('stats of each cache and of all', () => {
  const { manager } = make();
  const a = manager.getCache<string, number>('a');
  const b = manager.getCache<string, number>('b');
  a.set('x', 1, { bytes: 10 });
  b.set('y', 2, { bytes: 5 });
  a.get('x');
  b.get('x');
  const stats = manager.getStats();
  expect(stats).toMatchObject({
    entries: 2,
    bytes: 15,
    hits: 1,
    misses: 1,
    hitRate: 0.5,
    maxBytes: 100 * BYTES_PER_MB,
  });
  expect(stats.caches['a']).toMatchObject({ entries: 1, bytes: 10, hits: 1, misses: 0 });
  manager.clearCache('a');
  expect(manager.getStats()).toMatchObject({ entries: 1, bytes: 5 });
  manager.clearCache();
  expect(manager.getStats()).toMatchObject({ entries: 0, bytes: 0 });
});

test('stats$ tells of caches that come later, and completes', () => {
  const { manager, clock } = make();
  const seen: string[] = [];
  let completed = false;
  manager.stats$.subscribe({
    next: ({ caches, sets }) => seen.push(`${Object.keys(caches)} ${sets}`),
    complete: () => (completed = true),
  });
  manager.getCache('a').set('x', 1);
  clock.advance(100);
  expect(seen[0]).toBe(' 0');
  expect(seen.at(-1)).toBe('a 1');
  manager[disposeSymbol]();
  expect(completed).toBe(true);
});

test('one budget over all caches: what is used stays, what is not goes', () => {
  const { manager } = make({ maxMemoryMb: 1 });
  const used = manager.getCache<string, number>('used', { maxSize: 10_000 });
  const unused = manager.getCache<string, number>('unused', { maxSize: 10_000 });
  const bytes = Math.floor(BYTES_PER_MB / 100);
  for (let n = 0; n < 40; n++) used.set(`k${n}`, n, { bytes });
  for (let round = 0; round < 10; round++) for (let n = 0; n < 40; n++) used.get(`k${n}`);
  for (let n = 0; n < 500; n++) {
    unused.set(`k${n}`, n, { bytes });
    used.get(`k${n % 40}`);
    expect(manager.getStats().bytes).toBeLessThanOrEqual(BYTES_PER_MB);
    expect(unused.size).toBeGreaterThan(0);
  }
  expect(used.size).toBe(40);
  expect(unused.size).toBe(60);
  expect(unused.stats.evictions).toBe(440);
});

test('tags, keys and predicates reach all caches', () => {
  const { manager } = make();
  const a = manager.getCache<string, number>('a');
  const b = manager.getCache<string, number>('b');
  a.set('x', 1, { tags: ['t'] }).set('y', 2);
  b.set('x', 1, { tags: ['t'] }).set('y', 2);
  expect(manager.invalidateTag('t')).toBe(2);
  expect(manager.invalidateKeys('a', ['y'])).toBe(1);
  a.set('z', 3);
  expect(manager.invalidateWhere((value, key, cache) => (cache === 'b' && value === 2) || key === 'z')).toBe(2);
  expect([a.size, b.size]).toEqual([0, 0]);
});

test('gives memory back from all caches', () => {
  const { manager } = make();
  for (const name of ['a', 'b']) manager.getCache(name).set('x', 1, { bytes: 8 });
  expect(manager.releaseMemory('critical')).toEqual({ items: 2, bytes: 16 });
});
