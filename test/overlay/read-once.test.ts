import { expect, it } from 'vitest';
import { CacheManager } from '../../src/cache/index.js';
import { disposeSymbol } from '../../src/core/disposer.js';
import type { OverlaySource } from '../../src/overlay/overlay-source.js';
import { ReadOnce } from '../../src/overlay/read-once.js';

/** A part that counts how often it is read; frozen, as an app may hand it over. */
function counting() {
  const calls: string[] = [];
  const caches = Object.freeze({
    getStats: () => {
      calls.push('getStats');
      return {
        entries: calls.length,
        bytes: 0,
        hits: 0,
        misses: 0,
        hitRate: undefined,
        evictions: 0,
        expirations: 0,
        caches: {},
      };
    },
    clearCache: (name?: string) => void calls.push(`clear ${name}`),
  });
  return { calls, caches };
}

it('reads each part once a turn', () => {
  const { calls, caches } = counting();
  const once = new ReadOnce({ caches });
  const first = once.source.caches?.getStats();
  expect(once.source.caches?.getStats()).toBe(first);
  expect(calls).toEqual(['getStats']);
  once.next();
  expect(once.source.caches?.getStats().entries).toBe(2);
});

it('acts each time it is told to', () => {
  const { calls, caches } = counting();
  const { source } = new ReadOnce({ caches });
  source.caches?.clearCache?.('a');
  source.caches?.clearCache?.('b');
  expect(calls).toEqual(['clear a', 'clear b']);
});

it('hands out what comes later, and what is not there as not there', () => {
  const given: { caches?: OverlaySource['caches'] } = {};
  const { source } = new ReadOnce(given);
  expect(source.caches).toBeUndefined();
  given.caches = counting().caches;
  expect(source.caches?.getStats().entries).toBe(1);
  expect(source.monitor).toBeUndefined();
});

it('works on parts with private fields', () => {
  const caches = new CacheManager();
  caches.getCache<string, number>('a').set('b', 1);
  const { source } = new ReadOnce({ caches });
  expect(source.caches?.getStats().entries).toBe(1);
  source.caches?.clearCache?.('a');
  expect(caches.getStats().entries).toBe(0);
  caches[disposeSymbol]();
});

it('reads again in the same turn after a reading that threw', () => {
  let fails = true;
  const { getStats } = counting().caches;
  const caches = {
    getStats: () => {
      if (fails) throw new Error('not yet');
      return getStats();
    },
  };
  const { source } = new ReadOnce({ caches });
  expect(() => source.caches?.getStats()).toThrow('not yet');
  fails = false;
  expect(source.caches?.getStats().entries).toBe(1);
});
