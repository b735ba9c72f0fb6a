import { openDB } from 'idb';
import { expect, onTestFinished, test } from 'vitest';
import { disposeSymbol } from '../../../src/core/disposer.js';
import type { PoiseError } from '../../../src/core/errors.js';
import { DisagreementError, idbOperations, OptimizationManager } from '../../../src/optimize/index.js';
import { fc } from '../../support/properties.js';

function newManager(): { manager: OptimizationManager; errors: PoiseError[] } {
  const manager = new OptimizationManager();
  const errors: PoiseError[] = [];
  manager.errors$.subscribe((error) => errors.push(error));
  onTestFinished(() => manager[disposeSymbol]());
  return { manager, errors };
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
function spin(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

test('caching: calls under way are shared, errors are not kept', async () => {
  const { manager } = newManager();
  let calls = 0;
  const options = { optimizationType: 'caching' } as const;
  const kept = manager.optimizeFunction(async (text: string) => {
    calls++;
    await wait(1);
    if (calls < 2) throw new RangeError(text);
    return { text };
  }, options);
  const [one, two] = await Promise.allSettled([kept('a'), kept('a')]);
  expect([one.status, two.status, calls]).toEqual(['rejected', 'rejected', 1]);
  expect(await kept('a')).toEqual({ text: 'a' });
  expect(await kept('a')).toBe(await kept('a'));
  expect(calls).toBe(2);
  manager.clearCache();
  await kept('a');
  expect(calls).toBe(3);
});

test('caching: what text can not tell apart needs a key', async () => {
  const { manager } = newManager();
  const call = (get: () => number) => get();
  const kept = manager.optimizeFunction(call, { optimizationType: 'caching' });
  await expect(kept(() => 1)).rejects.toThrow(/key/);
  const keyed = manager.optimizeFunction(call, { optimizationType: 'caching', key: (get) => get.name });
  const one = () => 1;
  expect([await keyed(one), await keyed(one), manager.getCacheStats().hits]).toEqual([1, 1, 1]);
});

test('parallelisation: equal results, in order, from workers', async () => {
  const { manager } = newManager();
  const where = manager.optimizeFunction((n: number) => (typeof document === 'undefined' ? n * n : -1), {
    optimizationType: 'parallelization',
    maxWorkers: 2,
  });
  expect(await where(7)).toBe(49);
  expect(await where.map([1, 2, 3])).toEqual([1, 4, 9]);
  expect(where.result.metadata).toMatchObject({ mode: 'workers' });
});

test("parallelisation: the app's own pool, and errors that come through", async () => {
  const { manager } = newManager();
  const remote = { run: async (n: number) => n + 1, map: async (ns: readonly number[]) => ns.map((n) => n + 1) };
  const next = manager.optimizeFunction((n: number) => n + 1, { optimizationType: 'parallelization', remote });
  expect([await next(1), await next.map([1, 2])]).toEqual([2, [2, 3]]);
  const failing = manager.optimizeFunction(
    (text: string): string => {
      throw new TypeError(text);
    },
    { optimizationType: 'parallelization', maxWorkers: 1 },
  );
  await expect(failing('no')).rejects.toThrow(new TypeError('no'));
});

test('algorithm: the fastest that agrees is taken', async () => {
  const { manager, errors } = newManager();
  const slow = (ns: number[]) => {
    spin(4);
    return ns.toSorted((a, b) => a - b);
  };
  const quick = (ns: number[]) => [...ns].sort((a, b) => a - b);
  const sorted = manager.optimizeFunction(slow, { optimizationType: 'algorithm', alternatives: [quick], trials: 3 });
  for (let n = 0; n < 6; n++) expect(await sorted([3, 1, 2 + n])).toEqual([1, 2 + n, 3].sort((a, b) => a - b));
  expect(sorted.result).toMatchObject({ status: 'completed', metadata: { chosen: 1, disagreements: 0 } });
  expect(sorted.result.performanceImprovement).toBeGreaterThan(50);
  expect(errors).toEqual([]);
});

test('algorithm: on whatever is compared, a result that is not the original’s is never given in silence', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer(), { minLength: 1, maxLength: 30 }), fc.integer(), async (inputs, bad) => {
      const manager = new OptimizationManager();
      const errors: unknown[] = [];
      manager.errors$.subscribe((error) => errors.push(error));
      const original = (n: number) => ({ value: n * 2 });
      const wrong = (n: number) => ({ value: n > bad ? n * 2 : n });
      const options = { optimizationType: 'algorithm', alternatives: [wrong], trials: 2, recheckEvery: 1 } as const;
      const double = manager.optimizeFunction(original, options);
      let disagreed = false;
      for (const n of inputs) {
        expect(await double(n)).toEqual(original(n));
        disagreed ||= wrong(n).value !== n * 2;
      }
      // Once put out it is not compared any more, so one error is all there is.
      if (errors.length === 0)
        expect(disagreed && inputs.slice(0, 2).some((n) => wrong(n).value !== n * 2)).toBe(false);
      else expect(errors[0]).toBeInstanceOf(DisagreementError);
      manager[disposeSymbol]();
    }),
    { numRuns: 60 },
  );
});

test('algorithm: results that were not compared are counted, and a rival that goes wrong later is found and put out', async () => {
  const { manager, errors } = newManager();
  let broken = false;
  const slow = (n: number) => {
    spin(2);
    return n + 1;
  };
  const next = manager.optimizeFunction(slow, {
    optimizationType: 'algorithm',
    alternatives: [(n: number) => (broken ? -1 : n + 1)],
    trials: 2,
    recheckEvery: 4,
  });
  for (let n = 0; n < 6; n++) expect(await next(n)).toBe(n + 1);
  expect(next.result.metadata).toMatchObject({ chosen: 1, unchecked: 3 });
  expect(next.result.details).toMatch(/3 of 6 results were not compared/);
  broken = true;
  const given: number[] = [];
  for (let n = 0; n < 8; n++) given.push(await next(n));
  // The next comparison is at the seventh call: from there on only the original's results are given.
  expect(given).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(errors).toHaveLength(1);
  expect(errors[0]).toBeInstanceOf(DisagreementError);
  expect(next.result.metadata).toMatchObject({ chosen: 0, putOut: [1] });
});

test('algorithm: errors of another kind do not agree', async () => {
  const { manager, errors } = newManager();
  const fail = (make: () => Error) => (): number => {
    throw make();
  };
  const original = fail(() => new RangeError('too far'));
  const same = fail(() => new RangeError('out of range'));
  const other = fail(() => new TypeError('too far'));
  const failing = manager.optimizeFunction(original, {
    optimizationType: 'algorithm',
    alternatives: [same, other],
    trials: 1,
  });
  await expect(failing()).rejects.toThrow(new RangeError('too far'));
  expect(errors).toMatchObject([{ code: 'POISE_OPTIMIZE_DISAGREEMENT', alternative: 2 }]);
});

test('algorithm: one that throws, changes its arguments or has uncopyable ones is not trusted', async () => {
  const { manager, errors } = newManager();
  const throwing = manager.optimizeFunction((n: number) => n, {
    optimizationType: 'algorithm',
    alternatives: [
      () => {
        throw new Error('no');
      },
    ],
    trials: 1,
  });
  expect([await throwing(1), await throwing(2)]).toEqual([1, 2]);
  expect(errors[0]).toMatchObject({ code: 'POISE_OPTIMIZE_DISAGREEMENT', cause: { message: 'no' } });
  expect(throwing.result.status).toBe('failed');

  const given = [3, 1, 2];
  const first = manager.optimizeFunction((ns: number[]) => ns[0], {
    optimizationType: 'algorithm',
    alternatives: [(ns: number[]) => ns.sort()[0]],
    trials: 1,
  });
  expect(await first(given)).toBe(3);
  expect(given).toEqual([3, 1, 2]);

  const called = manager.optimizeFunction((call: () => number) => call(), {
    optimizationType: 'algorithm',
    alternatives: [() => -1],
    trials: 1,
  });
  expect([await called(() => 1), await called(() => 2)]).toEqual([1, 2]);
});

test('memory: a generator runs in slices and others get in between', async () => {
  const { manager } = newManager();
  let others = 0;
  const interval = setInterval(() => others++, 1);
  function* work(count: number) {
    let sum = 0;
    for (let n = 0; n < count; n++) {
      spin(2);
      sum += n;
      yield;
    }
    return sum;
  }
  const sliced = manager.optimizeFunction(work, { optimizationType: 'memory', sliceMs: 4 });
  const sum: number = await sliced(40);
  clearInterval(interval);
  expect(sum).toBe(780);
  expect(others).toBeGreaterThan(1);
  expect(Number(sliced.result.metadata['slices'])).toBeGreaterThan(3);
  expect((await sliced.measure(3)).performanceImprovement).toBeTypeOf('number');
});

test.each(['memory', 'caching', 'network'] as const)(
  '%s: a generator function gives what it returns, also by map',
  async (optimizationType) => {
    const { manager } = newManager();
    function* double(n: number): Generator<undefined, number> {
      yield;
      return 2 * n;
    }
    const doubled = manager.optimizeFunction(double, { optimizationType });
    expect(await doubled(2)).toBe(4);
    const again: number = await doubled(2);
    expect(again).toBe(4);
    expect(await doubled.map([1, 2])).toEqual([2, 4]);
    manager.disableOptimization(doubled.result.optimizationId);
    expect(await doubled.map([1, 2])).toEqual([2, 4]);
  },
);

test('memory: an iterator that is no generator is a result as it is', async () => {
  const { manager } = newManager();
  const entriesOf = manager.optimizeFunction((n: number) => new Map([[n, 'a']]).entries(), {
    optimizationType: 'memory',
  });
  const entries: MapIterator<[number, string]> = await entriesOf(1);
  expect([...entries]).toEqual([[1, 'a']]);
});

test('memory: under pressure what is registered gives back, and the bytes are reported', async () => {
  const { manager } = newManager();
  const asked: string[] = [];
  let level: 'nominal' | 'serious' = 'nominal';
  const options = {
    optimizationType: 'memory',
    pressure: () => level,
    responders: [
      { name: 'one', releaseMemory: (at: string) => ({ items: 1 + asked.push(at), bytes: 1_000 }) },
      { name: 'two', releaseMemory: async () => ({ items: 1, bytes: undefined }) },
    ],
  } as const;
  const double = manager.optimizeFunction((n: number) => n * 2, options);
  expect(await double(1)).toBe(2);
  expect(asked).toEqual([]);
  expect(double.result.memorySavedBytes).toBeUndefined();
  level = 'serious';
  expect(await double.map([1, 2])).toEqual([2, 4]);
  expect(asked).toEqual(['serious']);
  expect(double.result).toMatchObject({ memorySavedBytes: 1_000, metadata: { itemsReleased: 3 } });
});

test('network: calls under way are shared, and each reader has a response of its own', async () => {
  const { manager } = newManager();
  let requests = 0;
  const get = manager.optimizeFunction(
    async (path: string) => {
      requests++;
      await wait(2);
      return new Response(`body of ${path}`);
    },
    { optimizationType: 'network' },
  );
  const responses = await Promise.all([get('/a'), get('/a'), get('/b'), get('/a')]);
  expect(await Promise.all(responses.map((response) => response.text()))).toEqual([
    'body of /a',
    'body of /a',
    'body of /b',
    'body of /a',
  ]);
  expect(requests).toBe(2);
});

test('network: no more at once than allowed; what passes is tried again, what does not is not', async () => {
  const { manager } = newManager();
  let active = 0;
  let most = 0;
  const limited = manager.optimizeFunction(
    async (n: number) => {
      most = Math.max(most, ++active);
      await wait(1);
      active--;
      return n;
    },
    { optimizationType: 'network', maxConcurrent: 3 },
  );
  expect(await limited.map(Array.from({ length: 20 }, (_, n) => n))).toHaveLength(20);
  expect(most).toBe(3);

  const attempts: number[] = [];
  const flaky = manager.optimizeFunction(
    async (fails: number) => {
      attempts.push(fails);
      if (attempts.length <= fails) throw new TypeError('network');
      return 'through';
    },
    { optimizationType: 'network', backoffMs: 1 },
  );
  expect(await flaky(2)).toBe('through');
  expect(attempts).toHaveLength(3);

  let status = 0;
  const busy = manager.optimizeFunction(
    async () => new Response(null, { status: [503, 429, 200][status++] ?? 500, headers: { 'retry-after': '0' } }),
    { optimizationType: 'network', backoffMs: 60_000 },
  );
  expect((await busy()).status).toBe(200);

  let refused = 0;
  const wrong = manager.optimizeFunction(
    async () => {
      refused++;
      throw new RangeError('for good');
    },
    { optimizationType: 'network' },
  );
  await expect(wrong()).rejects.toThrow('for good');
  expect(refused).toBe(1);
});

test('network: a stop ends the waits', async () => {
  const { manager } = newManager();
  const failing = manager.optimizeFunction(() => Promise.reject(new TypeError('down')), {
    optimizationType: 'network',
    backoffMs: 60_000,
    maxBackoffMs: 60_000,
  });
  const call = expect(failing()).rejects.toMatchObject({ code: 'POISE_OPTIMIZE' });
  await wait(5);
  manager[disposeSymbol]();
  await call;
});

test('database: what is called together is one transaction, in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.option(fc.integer())), { maxLength: 60 }),
      fc.integer({ min: 1, max: 7 }),
      async (calls, maxBatch) => {
        const manager = new OptimizationManager();
        const store = new Map<string, number>();
        const plain = new Map<string, number>();
        const apply = (map: Map<string, number>, key: string, value: number | null) => {
          if (value === null) return map.get(key);
          map.set(key, value);
          return value;
        };
        const operate = manager.optimizeFunction(
          async (key: string, value: number | null) => apply(store, key, value),
          {
            optimizationType: 'database',
            maxBatch,
            batch: async (operations) => {
              await Promise.resolve();
              return operations.map(([key, value]) => apply(store, key, value));
            },
          },
        );
        const expected = calls.map(([key, value]) => apply(plain, key, value));
        const results = await Promise.all(calls.map(([key, value]) => operate(key, value)));
        expect(results).toEqual(expected);
        expect(store).toEqual(plain);
        const { transactions } = operate.result.metadata;
        expect(transactions).toBe(Math.ceil(calls.length / maxBatch));
        manager[disposeSymbol]();
      },
    ),
    { numRuns: 40 },
  );
});

test('database: order is kept when calls come in bursts, batches fail, and it is switched off and on', async () => {
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ is: fc.constant('put' as const), key: fc.constantFrom('a', 'b') }) },
    { weight: 3, arbitrary: fc.record({ is: fc.constant('get' as const), key: fc.constantFrom('a', 'b') }) },
    { weight: 2, arbitrary: fc.record({ is: fc.constantFrom('turn' as const, 'task' as const) }) },
    { weight: 1, arbitrary: fc.record({ is: fc.constantFrom('disable' as const) }) },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 60 }),
      fc.array(fc.boolean(), { maxLength: 10 }),
      fc.integer({ min: 1, max: 9 }),
      async (steps, failures, maxBatch) => {
        const manager = new OptimizationManager();
        manager.registerOptimization({ optimizationId: 'merged', optimizationType: 'database' });
        const log: string[] = [];
        const store = new Map<string, number>();
        const apply = (key: string, value: number | undefined) => {
          log.push(`${key} ${value}`);
          if (value !== undefined) store.set(key, value);
          return store.get(key);
        };
        let batches = 0;
        const operate = manager.optimizeFunction(
          async (key: string, value: number | undefined) => {
            await Promise.resolve();
            return apply(key, value);
          },
          {
            optimizationType: 'database',
            maxBatch,
            batch: async (operations) => {
              await wait(0);
              // A transaction that aborts has done nothing; each of many is then done alone.
              if (failures[batches++] && operations.length > 1) throw new Error('aborted');
              return operations.map(([key, value]) => apply(key, value));
            },
          },
        );
        const asked: string[] = [];
        const expected: (number | undefined)[] = [];
        const plain = new Map<string, number>();
        const results: Promise<number | undefined>[] = [];
        for (const [at, one] of steps.entries()) {
          if (one.is === 'turn') await Promise.resolve();
          else if (one.is === 'task') await wait(0);
          else if (one.is === 'disable') manager.disableOptimization('merged');
          else if ('key' in one) {
            const value = one.is === 'put' ? at : undefined;
            asked.push(`${one.key} ${value}`);
            if (value !== undefined) plain.set(one.key, value);
            expected.push(plain.get(one.key));
            results.push(operate(one.key, value));
          }
        }
        expect(await Promise.all(results)).toEqual(expected);
        expect(log).toEqual(asked);
        manager[disposeSymbol]();
      },
    ),
    { numRuns: 60 },
  );
});

test('database: in IndexedDB one bad write fails alone, the others are there, and order is kept', async () => {
  const { manager } = newManager();
  const name = `optimize-${Math.random()}`;
  const db = await openDB(name, 1, { upgrade: (created) => void created.createObjectStore('items') });
  const { single, batch } = idbOperations(db, 'items');
  const operate = manager.optimizeFunction(single, { optimizationType: 'database', batch });
  const results = await Promise.allSettled([
    operate(['put', 1, 'key']),
    operate(['put', 2, 'key']),
    operate(['get', 'key']),
    operate(['put', () => 0, 'bad']),
    operate(['put', 3, 'key']),
    operate(['get', 'key']),
    operate(['delete', 'key']),
    operate(['count']),
  ]);
  expect(results.map((result) => (result.status === 'fulfilled' ? result.value : 'failed'))).toEqual([
    'key',
    'key',
    2,
    'failed',
    'key',
    3,
    undefined,
    0,
  ]);
  const many = Array.from({ length: 200 }, (_, n) => operate(['put', n, n]));
  await Promise.all(many);
  expect(await operate(['count'])).toBe(200);
  expect(Number(operate.result.metadata['transactions'])).toBeLessThan(5);
  db.close();
  indexedDB.deleteDatabase(name);
});
