import { expect, test } from 'vitest';
import { seeded, zipfian } from '../../bench/cache/traces/random.js';
import { Cache, EvictionPolicy } from '../../src/cache/index.js';
import { disposeSymbol } from '../../src/core/disposer.js';
import { fc } from '../support/properties.js';
import { VirtualClock } from '../support/virtual-clock.js';
import { CacheModel, type Removed } from './cache-model.js';
import { POLICY_MODELS } from './policy-models.js';

const key = fc.integer({ min: 0, max: 14 }).map((n) => `k${n}`);
const tag = fc.constantFrom('red', 'blue');

/** One call each, with time in whole seconds. */
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('set' as const),
      key,
      value: fc.nat(99),
      ttlSeconds: fc.constantFrom(0, 1, 3, 20, 300, Number.POSITIVE_INFINITY),
      bytes: fc.integer({ min: 0, max: 12 }),
      tag: fc.option(tag, { nil: undefined }),
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constantFrom('get' as const, 'read or set' as const), key }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('delete' as const, 'peek' as const), key }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('invalidate' as const, 'invalidate where' as const), tag }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('advance' as const), seconds: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('evict' as const), count: fc.integer({ min: 1, max: 3 }) }) },
);
const rareClear = fc.record({ do: fc.constant('clear' as const) });
const steps = fc.array(fc.oneof({ weight: 40, arbitrary: step }, { weight: 1, arbitrary: rareClear }), {
  minLength: 1,
  maxLength: 150,
});

type Step = typeof steps extends fc.Arbitrary<readonly (infer One)[]> ? One : never;

const sorted = <T extends { key: string; reason: string }>(all: readonly T[]) =>
  [...all].sort((a, b) => (a.key + a.reason < b.key + b.reason ? -1 : 1));

function makePair(policy: keyof typeof POLICY_MODELS, maxSize: number, maxBytes: number, seed: number) {
  const clock = new VirtualClock();
  const cache = new Cache<string, number>(
    { maxSize, maxBytes, evictionPolicy: policy },
    { clock, random: seeded(seed) },
  );
  const removed: Removed[] = [];
  cache.removals$.subscribe((removal) => removed.push(removal));
  return { clock, cache, removed, model: new CacheModel(POLICY_MODELS[policy](seeded(seed)), maxSize, maxBytes) };
}

async function run(one: Step, { clock, cache, removed, model }: ReturnType<typeof makePair>): Promise<void> {
  const told = removed.length;
  const order = () => removed.slice(told).map(({ key }) => key);
  const setBoth = (of: string, value: number, ttlSeconds: number, bytes: number, tags: readonly string[]) => {
    cache.set(of, value, { ttlSeconds, bytes, tags });
    const expiresAt = clock.wallNow() + ttlSeconds * 1_000;
    if (ttlSeconds > 0) model.set(of, { value, bytes, expiresAt, tag: tags[0] });
    else model.drop(of, 'replaced');
  };
  switch (one.do) {
    case 'set':
      return setBoth(one.key, one.value, one.ttlSeconds, one.bytes, one.tag ? [one.tag] : []);
    case 'get':
      expect(cache.get(one.key)).toBe(model.get(one.key));
      return;
    case 'read or set': {
      const value = cache.get(one.key);
      expect(value).toBe(model.get(one.key));
      if (value === undefined) setBoth(one.key, 7, 300, 1, []);
      return;
    }
    case 'peek':
      expect(cache.peek(one.key)).toBe(model.kept.get(one.key)?.value);
      expect(cache.has(one.key)).toBe(model.kept.has(one.key));
      return;
    case 'delete':
      expect(cache.delete(one.key)).toBe(model.drop(one.key, 'deleted'));
      return;
    case 'invalidate':
      expect(cache.invalidateTag(one.tag)).toBe(model.dropWhere((kept) => kept.tag === one.tag, 'tag', order()));
      return;
    case 'invalidate where':
      expect(cache.invalidateWhere((value) => value % 3 === 0)).toBe(
        model.dropWhere(({ value }) => value % 3 === 0, 'tag', order()),
      );
      return;
    case 'advance':
      for (let second = 0; second < one.seconds; second++) {
        clock.advance(1_000);
        model.dropWhere(({ expiresAt }) => expiresAt <= clock.wallNow(), 'ttl', order());
      }
      // Time goes on from one piece of script to the next.
      await Promise.resolve();
      return;
    case 'evict':
      for (let n = 0; n < one.count; n++) expect(cache.evict(1)).toBe(model.evict('size') ? 1 : 0);
      return;
    case 'clear':
      cache.clear();
      model.clear();
  }
}

test.each(Object.values(EvictionPolicy))('%s does what its model does, step by step', async (policy) => {
  await fc.assert(
    fc.asyncProperty(
      steps,
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(10, 30, 1_000),
      fc.nat(),
      async (all, maxSize, maxBytes, seed) => {
        const pair = makePair(policy, maxSize, maxBytes, seed);
        const { cache, model, removed } = pair;
        for (const one of all) {
          await run(one, pair);
          expect(new Map(cache)).toEqual(new Map(Array.from(model.kept, ([of, { value }]) => [of, value])));
          expect([cache.size, cache.bytes]).toEqual([model.kept.size, model.bytes]);
          expect(sorted(removed)).toEqual(sorted(model.removed));
        }
        expect(cache.stats.evictions).toBe(
          model.removed.filter(({ reason }) => reason === 'size').length +
            model.removed.filter(({ reason }) => reason === 'bytes').length,
        );
        cache[disposeSymbol]();
      },
    ),
    { numRuns: 150 },
  );
});

/** Hot keys, a loop and keys seen once: all that a policy weighs, at sizes where shares of the cache are told apart. */
function longTrace(seed: number): string[] {
  const random = seeded(seed);
  const hot = zipfian(120, 0.8, random);
  let looped = 0;
  let once = 0;
  let left = 0;
  let source = 0;
  return Array.from({ length: 4_000 }, () => {
    if (left === 0) {
      source = Math.floor(random() * 4);
      left = 1 + Math.floor(random() * 60);
    }
    left--;
    if (source === 1) return `loop${looped++ % 70}`;
    if (source === 2) return `once${once++}`;
    if (source === 3) return `recent${Math.max(0, once - Math.floor(random() ** 3 * 40))}`;
    return `hot${hot()}`;
  });
}

test.each(Object.values(EvictionPolicy))('%s does what its model does over long traces', (policy) => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 10, max: 60 }), (seed, maxSize) => {
      const { cache, model } = makePair(policy, maxSize, 1_000, seed);
      for (const of of longTrace(seed)) {
        const value = cache.get(of);
        if (value !== model.get(of)) expect.fail(`${of} is ${value === undefined ? 'missing' : 'still there'}`);
        if (value !== undefined) continue;
        cache.set(of, 1, { ttlSeconds: Number.POSITIVE_INFINITY, bytes: 0 });
        model.set(of, { value: 1, bytes: 0, expiresAt: Number.POSITIVE_INFINITY, tag: undefined });
      }
      expect(new Set(cache.keys())).toEqual(new Set(model.kept.keys()));
      cache[disposeSymbol]();
    }),
    { numRuns: 10 },
  );
});
