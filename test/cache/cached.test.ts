import { describe, expect, onTestFinished, test } from 'vitest';
import { Cache, type CachedConfig, CacheError, cached, cachedOf, type Kept } from '../../src/cache/index.js';
import { disposeSymbol } from '../../src/core/disposer.js';
import { KeyError } from '../../src/core/index.js';
import { VirtualClock } from '../support/virtual-clock.js';
import { newName } from './persistent-support.js';

/** Whatever is made here is disposed of after the test. */
function own<T extends Disposable>(thing: T): T {
  onTestFinished(() => thing[disposeSymbol]());
  return thing;
}

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

/** An asynchronous function that counts its runs. */
function counting(config?: Omit<CachedConfig<[id: string], string>, 'persistent'>, clock = new VirtualClock()) {
  let runs = 0;
  const load = own(
    cached(
      async (id: string) => {
        runs++;
        await soon();
        return `${id}${runs}`;
      },
      { ...config },
      { clock },
    ),
  );
  return { load, clock, runs: () => runs };
}

test('100 calls at the same time do the work once, and later ones find the result', async () => {
  const { load, runs } = counting();
  const results = await Promise.all(Array.from({ length: 100 }, () => load('a')));
  expect([new Set(results), runs()]).toEqual([new Set(['a1']), 1]);
  expect([await load('a'), await load('b'), runs()]).toEqual(['a1', 'b2', 2]);
  expect(load.stats).toMatchObject({ calls: 102, hits: 1, shared: 99, misses: 2, failures: 0, inFlight: 0 });
});

test('a synchronous function stays synchronous, and undefined is a result', () => {
  let runs = 0;
  const square = own(cached((n: number) => (++runs > 0 && n !== 0 ? n * n : undefined)));
  expect([square(3), square(3), square(0), square(0), runs]).toEqual([9, 9, undefined, undefined, 2]);
});

test('what throws or rejects is tried again', async () => {
  let runs = 0;
  const load = own(
    cached(async () => {
      await soon();
      if (++runs < 3) throw new RangeError(`no ${runs}`);
      return 'yes';
    }),
  );
  const failed = await Promise.allSettled([load(), load()]);
  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(load()).rejects.toThrow('no 2');
  expect([await load(), await load(), runs, load.stats.failures]).toEqual(['yes', 'yes', 3, 2]);
  let fail = true;
  const sync = own(
    cached(() => {
      if (fail) throw new RangeError('no');
      return 1;
    }),
  );
  expect(sync).toThrow(RangeError);
  fail = false;
  expect(sync()).toBe(1);
});

test('results end with their time, and give way when there are too many', async () => {
  const { load, clock, runs } = counting({ ttlSeconds: 10, maxSize: 2, evictionPolicy: 'lru' });
  await load('a');
  clock.advance(9_999);
  await load('a');
  expect(runs()).toBe(1);
  clock.advance(1);
  await load('a');
  expect(runs()).toBe(2);
  await load('b');
  await load('c');
  await load('a');
  expect(runs()).toBe(5);
});

test('invalidate and clear: the next call begins anew', async () => {
  const { load, runs } = counting();
  await Promise.all([load('a'), load('b')]);
  load.invalidate('a');
  await Promise.all([load('a'), load('b')]);
  expect(runs()).toBe(3);
  load.clear();
  await Promise.all([load('a'), load('b')]);
  expect(runs()).toBe(5);
});

test.each(['invalidate', 'clear'] as const)('a result that comes after %s is not kept', async (how) => {
  const { load, runs } = counting();
  const before = load('a');
  if (how === 'clear') load.clear();
  else load.invalidate('a');
  const after = load('a');
  expect(await Promise.all([before, after, load('a')])).toEqual(['a1', 'a2', 'a2'].map(() => expect.any(String)));
  expect([runs(), await load('a')]).toEqual([2, await after]);
  expect(load.stats.inFlight).toBe(0);
});

describe('staleWhileRevalidate', () => {
  test('never makes a caller wait, and refreshes once', async () => {
    const { load, clock, runs } = counting({ ttlSeconds: 10, staleWhileRevalidate: 5 });
    await load('a');
    clock.advance(12_000);
    expect(await Promise.all([load('a'), load('a'), load('a')])).toEqual(['a1', 'a1', 'a1']);
    expect(runs()).toBe(1);
    clock.advance(1);
    await expect.poll(() => load.stats.inFlight).toBe(0);
    expect([await load('a'), runs()]).toEqual(['a2', 2]);
    expect(load.stats).toMatchObject({ stale: 3, refreshes: 1 });
    clock.advance(15_000);
    expect([await load('a'), runs()]).toEqual(['a3', 3]);
  });

  test('a synchronous function is refreshed in a task of its own', async () => {
    const clock = new VirtualClock();
    let runs = 0;
    const count = own(cached(() => ++runs, { ttlSeconds: 10, staleWhileRevalidate: 5 }, { clock }));
    expect(count()).toBe(1);
    clock.advance(12_000);
    expect([count(), count(), runs]).toEqual([1, 1, 1]);
    clock.advance(1);
    await expect.poll(() => count.stats.inFlight).toBe(0);
    expect([count(), runs]).toEqual([2, 2]);
  });

  test('a refresh that fails is told of, and the stale result serves to its end', async () => {
    const clock = new VirtualClock();
    let runs = 0;
    const load = own(
      cached(
        async () => {
          if (++runs === 2) throw new RangeError('no');
          return runs;
        },
        { ttlSeconds: 10, staleWhileRevalidate: 5 },
        { clock },
      ),
    );
    const errors: unknown[] = [];
    load.errors$.subscribe((error) => errors.push(error));
    await load();
    clock.advance(12_000);
    expect(await load()).toBe(1);
    clock.advance(1);
    await expect.poll(() => errors).toMatchObject([{ code: 'POISE_CALLBACK', cause: expect.any(RangeError) }]);
    expect(await load()).toBe(1);
    clock.advance(1);
    await expect.poll(() => load.stats.inFlight).toBe(0);
    expect(await load()).toBe(3);
  });

  test('invalidated while it is refreshed: the refresh is not kept', async () => {
    const { load, clock, runs } = counting({ ttlSeconds: 10, staleWhileRevalidate: 5 });
    await load('a');
    clock.advance(12_000);
    await load('a');
    clock.advance(1);
    load.invalidate('a');
    expect(load.cache.size).toBe(0);
    await soon();
    await soon();
    expect(load.cache.size).toBe(0);
    expect([await load('a'), runs()]).toEqual(['a3', 3]);
  });
});

describe('AbortSignals', () => {
  /** Rejects when its signal says so, as fetch does. */
  function fetching() {
    const given: AbortSignal[] = [];
    let settle: (value: string) => void = () => undefined;
    const load = own(
      cached(
        (url: string, { signal }: { signal?: AbortSignal; body?: string } = {}) =>
          new Promise<string>((resolve, reject) => {
            if (signal) given.push(signal);
            settle = () => resolve(url);
            signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
          }),
      ),
    );
    return { load, given, settle: () => settle('') };
  }

  test('are no part of the key; one caller that leaves does not take the result from others', async () => {
    const { load, given, settle } = fetching();
    const [one, two] = [new AbortController(), new AbortController()];
    const first = load('a', { signal: one.signal });
    const second = load('a', { signal: two.signal });
    one.abort(new RangeError('changed my mind'));
    await expect(first).rejects.toThrow('changed my mind');
    expect(given.map(({ aborted }) => aborted)).toEqual([false]);
    settle();
    expect(await second).toBe('a');
    expect(await load('a', {})).toBe('a');
    expect(load.stats).toMatchObject({ misses: 1, shared: 1, hits: 1 });
  });

  test('when all have left, the work is aborted and the next call begins anew', async () => {
    const { load, given, settle } = fetching();
    const controllers = [new AbortController(), new AbortController()];
    const calls = controllers.map(({ signal }) => load('a', { signal }));
    for (const controller of controllers) controller.abort();
    const results = await Promise.allSettled(calls);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(given.map(({ aborted }) => aborted)).toEqual([true]);
    const again = load('a', { signal: new AbortController().signal });
    settle();
    expect(await again).toBe('a');
  });

  test('one without a signal keeps the work going; one that is aborted already begins nothing', async () => {
    const { load, given, settle } = fetching();
    const controller = new AbortController();
    const first = load('a', { signal: controller.signal });
    const second = load('a', {});
    controller.abort();
    await expect(first).rejects.toThrow();
    expect(given[0]?.aborted).toBe(false);
    settle();
    expect(await second).toBe('a');
    let runs = 0;
    const count = own(cached(async (_signal: AbortSignal) => ++runs));
    await count(AbortSignal.abort());
    expect([count.stats.calls, count.cache.size]).toEqual([0, 0]);
  });
});

test('keys: arguments that differ have results of their own, others need a key', () => {
  let runs = 0;
  const count = own(cached((..._args: unknown[]) => ++runs));
  const different: unknown[][] = [
    [0],
    [-0],
    [Number.NaN],
    ['0'],
    [{}],
    [{ a: undefined }],
    [new Map()],
    [new Date(0)],
    [1n],
    [[]],
  ];
  for (const args of different) count(...args);
  for (const args of different) count(...args);
  expect(runs).toBe(different.length);
  const cycle: unknown[] = [];
  cycle.push(cycle);
  expect(() => count(cycle)).toThrow(KeyError);
  expect(() => count(() => 1)).toThrow(/args\[0\] is function.*`key`/);
  const keyed = own(cached((get: () => number) => get(), { key: (get) => get.name }));
  const one = () => 1;
  expect([keyed(one), keyed(one), keyed.stats.hits]).toEqual([1, 1, 1]);
});

test('`this` is passed on', () => {
  const counter = {
    factor: 3,
    times: cached(function (this: { factor: number }, n: number) {
      return n * this.factor;
    }),
  };
  own(counter.times);
  expect(counter.times(2)).toBe(6);
});

test('functions that share a cache keep apart, and tags reach them', async () => {
  const cache = own(new Cache<string, Kept<string>>({ maxSize: 100 }));
  let runs = 0;
  const options = { cache, tags: (id: string) => [`user:${id}`] };
  const a = own(cached((id: string) => `a${id}${++runs}`, { ...options, name: 'a' }));
  const b = own(cached((id: string) => `b${id}${++runs}`, { ...options, name: 'b' }));
  expect([a('1'), b('1'), a('1'), a('2')]).toEqual(['a11', 'b12', 'a11', 'a23']);
  cache.invalidateTag('user:1');
  expect([a('1'), b('1'), a('2')]).toEqual(['a14', 'b15', 'a23']);
  a.clear();
  expect([a('2'), b('1')]).toEqual(['a26', 'b15']);
});

describe('as a decorator', () => {
  class Api {
    readonly prefix: string;
    runs = 0;
    constructor(prefix: string) {
      this.prefix = prefix;
    }
    load(id: string): Promise<string> {
      this.runs++;
      return Promise.resolve(this.prefix + id);
    }
    static twice(n: number): number {
      return n * 2;
    }
  }

  /** What `@cached(…)` before a method does; browsers do not read decorators yet. test/node has compiled ones. */
  function decorate(target: object, name: string, options: { readonly ttlSeconds?: number }): void {
    const context = { kind: 'method', name, static: false, private: false };
    const method: unknown = Reflect.get(target, name);
    Object.defineProperty(target, name, { value: Reflect.apply(cached(options), undefined, [method, context]) });
  }
  decorate(Api.prototype, 'load', { ttlSeconds: 60 });
  decorate(Api, 'twice', {});

  test('`this` is kept, and each instance has results of its own', async () => {
    const [a, b] = [new Api('a'), new Api('b')];
    own(cachedOf(a.load, a));
    own(cachedOf(b.load, b));
    expect(await Promise.all([a.load('1'), a.load('1'), b.load('1')])).toEqual(['a1', 'a1', 'b1']);
    expect([a.runs, b.runs]).toEqual([1, 1]);
    cachedOf(a.load, a).invalidate('1');
    await Promise.all([a.load('1'), b.load('1')]);
    expect([a.runs, b.runs]).toEqual([2, 1]);
    expect(cachedOf(a.load, a).stats).toMatchObject({ misses: 2, shared: 1 });
    own(cachedOf(Api.twice, Api));
    expect(Api.twice(2)).toBe(4);
    expect(() => cachedOf(() => 1, a)).toThrow(CacheError);
  });

  test('instances are held weakly', async (context) => {
    const collect: unknown = Reflect.get(globalThis, 'gc');
    if (typeof collect !== 'function') return context.skip();
    const use = async () => {
      const api = new Api('x');
      await api.load('1');
      cachedOf(api.load, api)[disposeSymbol]();
      return new WeakRef(api);
    };
    const held = await use();
    for (let turn = 0; turn < 20; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      collect();
    }
    expect(held.deref()).toBeUndefined();
  });
});

test('persistent: the work of an earlier page is not done again', async () => {
  const name = newName();
  let runs = 0;
  const make = () => cached(async (id: string) => ({ id, run: ++runs, at: new Date(1) }), { name, persistent: true });
  const first = make();
  expect(await first('a')).toEqual({ id: 'a', run: 1, at: new Date(1) });
  await first.cache.flush();
  first[disposeSymbol]();
  const second = own(make());
  expect(await Promise.all([second('a'), second('a'), second('b')])).toEqual([
    { id: 'a', run: 1, at: new Date(1) },
    { id: 'a', run: 1, at: new Date(1) },
    { id: 'b', run: 2, at: new Date(1) },
  ]);
  second.invalidate('a');
  expect((await second('a')).run).toBe(3);
  await second.cache.flush();
});

test('bad options are refused by name', () => {
  const fn = () => 1;
  expect(() => cached(fn, { ttlSeconds: -1 })).toThrow(CacheError);
  expect(() => cached(fn, { ttlSeconds: -1 })).toThrow(/ttlSeconds/);
  expect(() => cached(fn, { maxSize: 0 })).toThrow(/maxSize/);
  // @ts-expect-error there is no such policy
  expect(() => cached(fn, { evictionPolicy: 'best' })).toThrow(/evictionPolicy/);
  expect(() => cached(fn, { staleWhileRevalidate: -1 })).toThrow(/staleWhileRevalidate/);
  expect(() => cached(fn, { persistent: true })).toThrow(/name/);
  // @ts-expect-error there is no such option
  expect(() => cached(fn, { ttl: 3 })).toThrow(/ttl must be left out/);
});
