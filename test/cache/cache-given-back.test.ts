import { expect, onTestFinished, test } from 'vitest';
import { Cache, type CacheConfig, EvictionPolicy } from '../../src/cache/index.js';
import { disposeSymbol } from '../../src/core/disposer.js';
import { canCollect, collectGarbage } from '../support/gc.js';

const MAX_SIZE = 200;

interface Item {
  readonly n: number;
}

const WAYS: Readonly<Record<string, (cache: Cache<Item, Item>) => void>> = {
  clear: (cache) => cache.clear(),
  'releaseMemory under critical pressure': (cache) => cache.releaseMemory('critical'),
  dispose: (cache) => cache[disposeSymbol](),
};

/** Some are plain and some have all that an entry can have. */
const KINDS: Readonly<Record<string, CacheConfig<Item, Item>>> = {
  plain: {},
  'with sizes': { sizeOf: () => 10 },
};

const cases = Object.values(EvictionPolicy).flatMap((evictionPolicy) =>
  Object.keys(KINDS).flatMap((kind) =>
    Object.keys(WAYS).map((way): [EvictionPolicy, string, string] => [evictionPolicy, kind, way]),
  ),
);

function make(evictionPolicy: EvictionPolicy, kind: string): Cache<Item, Item> {
  const cache = new Cache<Item, Item>({ ...KINDS[kind], maxSize: MAX_SIZE, evictionPolicy });
  onTestFinished(() => cache[disposeSymbol]());
  return cache;
}

/** More than it holds, some used again. In a function of its own, so that no variable of the test holds them. */
function fill(cache: Cache<Item, Item>, tags?: readonly string[]): WeakRef<Item>[] {
  return Array.from({ length: 2 * MAX_SIZE }, (_, n) => {
    const key = { n };
    const value = { n };
    cache.set(key, value, { tags });
    if (n % 3 === 0) cache.get(key);
    return [new WeakRef(key), new WeakRef(value)];
  }).flat();
}

const alive = (refs: readonly WeakRef<Item>[]) => refs.filter((ref) => ref.deref() !== undefined).length;

test.runIf(canCollect).each(cases)('%s, %s: nothing of the entries is held after %s', async (policy, kind, way) => {
  const cache = make(policy, kind);
  const refs = fill(cache, kind === 'plain' ? undefined : ['tag']);
  await collectGarbage();
  expect(alive(refs)).toBeGreaterThanOrEqual(2 * MAX_SIZE);
  WAYS[way]?.(cache);
  await collectGarbage();
  expect(alive(refs)).toBe(0);
  expect([cache.size, cache.bytes, [...cache]]).toEqual([0, kind === 'plain' ? undefined : 0, []]);
});

test.each(cases.filter(([, , way]) => way !== 'dispose'))('%s, %s: works on as new after %s', (policy, kind, way) => {
  const cache = make(policy, kind);
  for (let round = 0; round < 3; round++) {
    fill(cache, round === 1 ? ['tag'] : undefined);
    WAYS[way]?.(cache);
    expect(cache.invalidateTag('tag')).toBe(0);
    const before = cache.stats.evictions;
    const keys = Array.from({ length: MAX_SIZE + 50 }, (_, n) => ({ n }));
    for (const key of keys) {
      cache.set(key, key);
      expect(cache.get(key)).toBe(key);
    }
    const held = [...cache];
    expect(held).toHaveLength(MAX_SIZE);
    expect(held.every(([key, value]) => key === value && keys[key.n] === key)).toBe(true);
    expect(cache.size).toBe(MAX_SIZE);
    expect(cache.bytes).toBe(kind === 'plain' ? undefined : 10 * MAX_SIZE);
    expect(cache.stats.evictions - before).toBe(50);
  }
});
