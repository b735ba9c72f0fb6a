import { expect, onTestFinished, test } from 'vitest';
import { Cache, type CacheConfig } from '../../src/cache/index.js';
import { disposeSymbol } from '../../src/core/disposer.js';
import { VirtualClock } from '../support/virtual-clock.js';

function make(config: CacheConfig<string, number> = {}) {
  const clock = new VirtualClock();
  const cache = new Cache<string, number>(config, { clock });
  onTestFinished(() => cache[disposeSymbol]());
  return { clock, cache };
}

test('gives back what was set, and counts hits and misses', () => {
  const { cache } = make();
  cache.set('a', 1);
  expect(cache.get('a')).toBe(1);
  expect(cache.get('b')).toBeUndefined();
  expect(cache.stats).toMatchObject({ entries: 1, hits: 1, misses: 1, hitRate: 0.5, sets: 1 });
});
