import { expect, test } from 'vitest';
import { ConfigError } from '../../../src/core/index.js';
import { MemoryOptimizer } from '../../../src/memory/index.js';
import { VirtualClock } from '../../support/virtual-clock.js';

function make() {
  const heap = { used: 1_000 };
  const clock = new VirtualClock();
  const performance = Object.create(globalThis.performance, {
    memory: { get: () => ({ usedJSHeapSize: heap.used, jsHeapSizeLimit: 1e9 }) },
  });
  const environment = { ...clock.environment, crossOriginIsolated: false, performance };
  return { heap, clock, optimizer: new MemoryOptimizer({}, { clock, environment }) };
}

test('a function gets its arguments, and gives its result', () => {
  const { heap, clock, optimizer } = make();
  const result = optimizer.measureMemory(
    'board',
    'layout',
    (a: number, b: string) => {
      heap.used += 500;
      clock.spend(20);
      return `${a}${b}`;
    },
    1,
    'x',
  );
  expect(result).toBe('1x');
  expect(optimizer.getMetrics()).toEqual([
    {
      componentId: 'board',
      operation: 'layout',
      memoryUsageBytes: 500,
      memoryPeakBytes: 1_500,
      objectCount: 0,
      gcCollections: 0,
      timestamp: clock.wallNow(),
      metadata: { durationMs: 20, failed: false },
    },
  ]);
});

test('what a function throws is thrown, the very thing, and counted', () => {
  const { optimizer } = make();
  const thrown = { not: 'an Error' };
  const run = () =>
    optimizer.measureMemory('a', 'b', () => {
      throw thrown;
    });
  expect(run).toThrow(expect.objectContaining(thrown));
  try {
    run();
  } catch (caught) {
    expect(caught).toBe(thrown);
  }
  expect(optimizer.getMemoryReport().operations).toMatchObject([{ runs: 2, failed: 2 }]);
});

test('a promise is measured until it settles', async () => {
  const { heap, optimizer } = make();
  let resolve: (value: string) => void = () => undefined;
  const promise = optimizer.measureMemory('a', 'load', () => new Promise<string>((done) => (resolve = done)));
  expect(optimizer.getMetrics()).toEqual([]);
  heap.used = 4_000;
  resolve('data');
  expect(await promise).toBe('data');
  expect(optimizer.getMetrics('a')).toMatchObject([{ memoryUsageBytes: 3_000, metadata: { failed: false } }]);
  expect(optimizer.getMetrics('other')).toEqual([]);
});

test('a promise that rejects rejects with the same, once', async () => {
  const { optimizer } = make();
  const failure = new Error('offline');
  const unhandled: unknown[] = [];
  const onUnhandled = (event: PromiseRejectionEvent) => unhandled.push(event.reason);
  window.addEventListener('unhandledrejection', onUnhandled);
  const promise = optimizer.measureMemory('a', 'load', async () => {
    throw failure;
  });
  await expect(promise).rejects.toBe(failure);
  await new Promise((resolve) => setTimeout(resolve, 20));
  window.removeEventListener('unhandledrejection', onUnhandled);
  expect(unhandled).toEqual([]);
  expect(optimizer.getMetrics()[0]?.metadata.failed).toBe(true);
});

test('the peak is the highest reading while it ran', async () => {
  const { heap, clock, optimizer } = make();
  optimizer.start();
  let resolve: () => void = () => undefined;
  const promise = optimizer.measureMemory('a', 'load', () => new Promise<void>((done) => (resolve = done)));
  heap.used = 9_000;
  clock.advance(1_000);
  heap.used = 2_000;
  resolve();
  await promise;
  expect(optimizer.getMetrics()[0]).toMatchObject({ memoryUsageBytes: 1_000, memoryPeakBytes: 9_000 });
  optimizer.stop();
});

test('measurements nest', () => {
  const { heap, optimizer } = make();
  optimizer.measureMemory('a', 'outer', () => {
    heap.used += 100;
    optimizer.measureMemory('a', 'inner', () => {
      heap.used += 10;
    });
  });
  expect(optimizer.getMetrics().map(({ operation, memoryUsageBytes }) => [operation, memoryUsageBytes])).toEqual([
    ['inner', 10],
    ['outer', 110],
  ]);
});

test('a collection in between makes the usage negative: it is told as it was', () => {
  const { heap, optimizer } = make();
  optimizer.measureMemory('a', 'b', () => {
    heap.used -= 400;
  });
  expect(optimizer.getMetrics()[0]?.memoryUsageBytes).toBe(-400);
});

test('a thenable that is no promise is given back untouched', () => {
  const { optimizer } = make();
  let asked = 0;
  const lazy = Object.defineProperty({}, 'then', { get: () => asked++ });
  expect(optimizer.measureMemory('a', 'b', () => lazy)).toBe(lazy);
  expect(asked).toBe(0);
});

test('measurements and names are bounded', () => {
  const { optimizer } = make();
  for (let n = 0; n < 5_000; n++) optimizer.measureMemory('a', `operation ${n}`, () => n);
  expect(optimizer.getMetrics().length).toBeLessThanOrEqual(2_000);
  expect(optimizer.getMetrics().at(-1)?.operation).toBe('operation 4999');
  expect(optimizer.getMemoryReport().operations.length).toBeLessThanOrEqual(200);
  expect(optimizer.stats.measuredOperations).toBe(5_000);
});

test('wrong arguments are named', () => {
  const { optimizer } = make();
  const measure = (...args: unknown[]) => Reflect.apply(optimizer.measureMemory, optimizer, args);
  expect(() => measure('', 'b', () => 1)).toThrow(ConfigError);
  expect(() => measure('a', 3, () => 1)).toThrow('operation');
  expect(() => measure('a', 'b', 'no function')).toThrow('fn');
});
