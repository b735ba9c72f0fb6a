import { take } from 'rxjs';
import { expect, onTestFinished, test } from 'vitest';
import { seeded, zipfian } from '../../bench/cache/traces/random.js';
import { Cache, type CacheRemoval, EvictionPolicy } from '../../src/cache/index.js';
import { disposeSymbol } from '../../src/core/disposer.js';
import { VirtualClock } from '../support/virtual-clock.js';
import { CacheModel } from './cache-model.js';
import { POLICY_MODELS } from './policy-models.js';

const MAX_SIZE = 8;

/** A cache whose entries have no sizes and no tags, so that a new key takes over a slot, and the model that it must be like. */
function make(evictionPolicy: EvictionPolicy) {
  const cache = new Cache<string, number>(
    { maxSize: MAX_SIZE, evictionPolicy },
    { clock: new VirtualClock(), random: seeded(5) },
  );
  onTestFinished(() => cache[disposeSymbol]());
  const model = new CacheModel(POLICY_MODELS[evictionPolicy](seeded(5)), MAX_SIZE, Number.POSITIVE_INFINITY);
  const next = zipfian(40, 0.7, seeded(9));
  const counts = { hits: 0, misses: 0, sets: 0 };
  const set = (key: string) => {
    // Each value is told from all others.
    const value = counts.sets++;
    cache.set(key, value);
    model.set(key, { value, bytes: 0, expiresAt: Number.POSITIVE_INFINITY, tag: undefined });
  };
  const use = (times: number) => {
    for (let n = 0; n < times; n++) {
      const key = `k${next()}`;
      const value = cache.get(key);
      expect(value).toBe(model.get(key));
      if (value === undefined) counts.misses++;
      else counts.hits++;
      // A value that is there is now and then replaced.
      if (value === undefined || n % 10 === 0) set(key);
    }
  };
  const expectAlike = () => {
    expect(new Map(cache)).toEqual(new Map(Array.from(model.kept, ([key, { value }]) => [key, value])));
    const evictions = model.removed.filter(({ reason }) => reason === 'size').length;
    expect(cache.stats).toMatchObject({ ...counts, entries: MAX_SIZE, evictions, expirations: 0, invalidations: 0 });
  };
  return { cache, model, use, expectAlike };
}

test.each(Object.values(EvictionPolicy))('%s: each entry that makes room is told, as it was', (policy) => {
  const { cache, model, use, expectAlike } = make(policy);
  const told: CacheRemoval<string, number>[] = [];
  cache.removals$.subscribe((removal) => told.push(removal));
  use(500);
  expect(model.removed.filter(({ reason }) => reason === 'size').length).toBeGreaterThan(100);
  expect(told).toEqual(model.removed);
  expectAlike();
});

test.each(Object.values(EvictionPolicy))('%s: who comes and goes is told what happens meanwhile', (policy) => {
  const { cache, model, use, expectAlike } = make(policy);
  for (let visit = 0; visit < 3; visit++) {
    use(100);
    const told: CacheRemoval<string, number>[] = [];
    const first: CacheRemoval<string, number>[] = [];
    const before = model.removed.length;
    const subscription = cache.removals$.subscribe((removal) => told.push(removal));
    cache.removals$.pipe(take(3)).subscribe((removal) => first.push(removal));
    use(100);
    subscription.unsubscribe();
    const expected = model.removed.slice(before);
    use(100);
    expect(told).toEqual(expected);
    expect(first).toEqual(expected.slice(0, 3));
    expectAlike();
  }
});
