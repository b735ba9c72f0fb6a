import { expect, test } from 'vitest';
import { ConfigError, detectEnvironment, disposeSymbol, PressureLevel } from '../../../src/core/index.js';
import { type OperationMetrics, PerformanceManager } from '../../../src/monitor/manager/index.js';
import { VirtualClock } from '../../support/virtual-clock.js';

function makeManager(
  config: ConstructorParameters<typeof PerformanceManager>[0] = {},
  heap?: () => number | undefined,
) {
  const clock = new VirtualClock();
  const { environment } = clock;
  const manager = new PerformanceManager(config, { clock, environment, ...(heap ? { readHeap: heap } : {}) });
  return { clock, manager };
}

test('a synchronous function: its arguments, its own result, its time', () => {
  const { clock, manager } = makeManager();
  const result = { own: true };
  const got = manager.measurePerformance(
    'table',
    'sort',
    (rows: number, name: string) => {
      clock.spend(12);
      expect([rows, name]).toEqual([3, 'by time']);
      return result;
    },
    3,
    'by time',
  );
  expect(got).toBe(result);
  expect(manager.getMetrics('table')).toEqual([
    {
      componentId: 'table',
      operation: 'sort',
      timestamp: clock.toEpoch(0),
      executionTimeMs: 12,
      async: false,
      failed: false,
      errorName: undefined,
      memoryUsageBytes: manager.getMetrics('table')[0]?.memoryUsageBytes,
      mainThreadPercent: 100,
      metadata: {},
    },
  ]);
});

test('what is thrown comes back as it is, and is counted', () => {
  const { manager } = makeManager();
  const thrown = new TypeError('own');
  const run = () =>
    manager.measurePerformance('table', 'sort', () => {
      throw thrown;
    });
  expect(run).toThrow(thrown);
  expect(manager.stats).toMatchObject({ measured: 1, failed: 1, active: 0 });
  expect(manager.getMetrics('table')[0]).toMatchObject({ failed: true, errorName: 'TypeError' });
});

test('an async function is measured until it is settled', async () => {
  const { clock, manager } = makeManager();
  let finish: (value: number) => void = () => undefined;
  const promise = manager.measurePerformance(
    'feed',
    'load',
    () => new Promise<number>((resolve) => (finish = resolve)),
  );
  expect(manager.stats.active).toBe(1);
  clock.spend(700);
  finish(7);
  expect(await promise).toBe(7);
  expect(manager.getMetrics('feed')[0]).toMatchObject({ executionTimeMs: 700, async: true, failed: false });
  expect(manager.stats.active).toBe(0);
});

test('a rejection keeps its reason; a class of promises stays that class', async () => {
  class OwnPromise<T> extends Promise<T> {}
  const { manager } = makeManager();
  const reason = { own: 'reason' };
  const promise = manager.measurePerformance('feed', 'load', () => OwnPromise.reject(reason));
  expect(promise).toBeInstanceOf(OwnPromise);
  await expect(promise).rejects.toBe(reason);
  expect(manager.getMetrics('feed')[0]).toMatchObject({ failed: true, errorName: 'object' });
});

test('a rejection that nobody handles still reaches the page, once; one that is handled does not', async () => {
  const { manager } = makeManager();
  const reasons: unknown[] = [];
  const onRejection = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    reasons.push(event.reason);
  };
  window.addEventListener('unhandledrejection', onRejection, { capture: true });
  const reason = new Error('nobody cares');
  void manager.measurePerformance('feed', 'load', () => Promise.reject(reason));
  await manager.measurePerformance('feed', 'load', () => Promise.reject(new Error('cared for'))).catch(() => undefined);
  await expect.poll(() => reasons.length).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 50));
  window.removeEventListener('unhandledrejection', onRejection, { capture: true });
  expect(reasons).toEqual([reason]);
});

test('a thenable that begins when it is followed is left alone', () => {
  const { manager } = makeManager();
  let followed = 0;
  const lazy = Object.defineProperty({}, 'then', { get: () => followed++ });
  expect(manager.measurePerformance('feed', 'query', () => lazy)).toBe(lazy);
  expect(followed).toBe(0);
});

test('nested and concurrent runs are told apart', async () => {
  const { clock, manager } = makeManager();
  manager.measurePerformance('view', 'render', () => {
    clock.spend(5);
    manager.measurePerformance('view', 'layout', () => clock.spend(10));
    expect(manager.stats.active).toBe(1);
  });
  const finish: (() => void)[] = [];
  const runs = [0, 1, 2].map((id) =>
    manager.measurePerformance('net', { name: 'get', metadata: { id } }, () => {
      return new Promise<void>((resolve) => finish.push(resolve));
    }),
  );
  for (const id of [2, 0, 1]) {
    clock.spend(100);
    finish[id]?.();
    await runs[id];
  }
  const times = (component: string) =>
    Object.fromEntries(manager.getMetrics(component).map((m) => [m.metadata['id'] ?? m.operation, m.executionTimeMs]));
  expect(times('view')).toEqual({ render: 15, layout: 10 });
  expect(times('net')).toEqual({ 0: 200, 1: 300, 2: 100 });
});

test('a period is asked for by epoch or date, both ends included', () => {
  const { clock, manager } = makeManager();
  for (let i = 0; i < 5; i++) {
    manager.measurePerformance('a', `run ${i}`, () => undefined);
    clock.spend(100);
  }
  const names = (metrics: readonly OperationMetrics[]) => metrics.map(({ operation }) => operation);
  const at = (ms: number) => clock.toEpoch(ms);
  expect(names(manager.getMetrics('a', at(100), at(300)))).toEqual(['run 1', 'run 2', 'run 3']);
  expect(names(manager.getMetrics('a', new Date(at(350))))).toEqual(['run 4']);
  expect(names(manager.getMetrics('a', undefined, at(50)))).toEqual(['run 0']);
  expect(manager.getMetrics('b')).toEqual([]);
});

test('a report covers the period that was asked for', () => {
  const { clock, manager } = makeManager();
  for (const ms of [10, 80, 20]) {
    manager.measurePerformance('a', 'run', () => clock.spend(ms));
    clock.spend(100);
  }
  const whole = manager.generateReport('a');
  expect(whole).toMatchObject({ startTime: clock.toEpoch(0), endTime: clock.toEpoch(310), summary: { count: 3 } });
  expect(whole.recommendations.map(({ rule }) => rule)).toEqual(['blocks-main-thread']);
  const late = manager.generateReport('a', clock.toEpoch(200), new Date(clock.toEpoch(400)));
  expect(late).toMatchObject({
    startTime: clock.toEpoch(200),
    endTime: clock.toEpoch(400),
    summary: { count: 1, maxMs: 20 },
  });
  expect(late.recommendations).toEqual([]);
});

test('memory is bounded: metrics a component, and components', () => {
  const { manager } = makeManager({ maxMetrics: 10, maxComponents: 3 });
  for (let i = 0; i < 25; i++) manager.measurePerformance('a', `run ${i}`, () => undefined);
  expect(manager.getMetrics('a').map(({ operation }) => operation)).toEqual(
    Array.from({ length: 10 }, (_, i) => `run ${15 + i}`),
  );
  for (const component of ['b', 'c', 'a', 'd']) manager.measurePerformance(component, 'run', () => undefined);
  expect(manager.components).toEqual(['c', 'a', 'd']);
  expect(manager.stats).toMatchObject({ kept: 12, dropped: 17 });
});

test('under memory pressure half goes, then all', () => {
  const { manager } = makeManager();
  for (let i = 0; i < 10; i++) manager.measurePerformance('a', `run ${i}`, () => undefined);
  expect(manager.releaseMemory(PressureLevel.FAIR).items).toBe(0);
  expect(manager.releaseMemory(PressureLevel.SERIOUS).items).toBe(5);
  expect(manager.getMetrics('a')[0]?.operation).toBe('run 5');
  expect(manager.releaseMemory(PressureLevel.CRITICAL).items).toBe(5);
  manager.measurePerformance('a', 'after', () => undefined);
  expect(manager.getMetrics('a')).toHaveLength(1);
});

test('the heap is told for synchronous runs, unless something was collected', async () => {
  const readings = [1_000, 5_000, 9_000, 2_000, 100];
  const { manager } = makeManager({}, () => readings.shift());
  manager.measurePerformance('a', 'grows', () => undefined);
  manager.measurePerformance('a', 'collected', () => undefined);
  await manager.measurePerformance('a', 'async', async () => undefined);
  manager.measurePerformance('a', 'unknown', () => undefined);
  expect(manager.getMetrics('a').map((m) => [m.operation, m.memoryUsageBytes])).toEqual([
    ['grows', 4_000],
    ['collected', undefined],
    ['async', undefined],
    ['unknown', undefined],
  ]);
});

test('a heap reader that throws harms nobody', () => {
  const { manager } = makeManager({}, () => {
    throw new Error('no heap');
  });
  const errors: string[] = [];
  manager.errors$.subscribe(({ message }) => errors.push(message));
  expect(manager.measurePerformance('a', 'run', () => 1)).toBe(1);
  expect(errors[0]).toMatch(/no heap/);
});

test('the browser’s tools are told in a track of poise’s own, and the page’s buffer does not grow', async () => {
  const manager = new PerformanceManager();
  performance.measure('the app’s own');
  const seen: PerformanceEntry[] = [];
  const observer = new PerformanceObserver((list) => seen.push(...list.getEntries()));
  observer.observe({ type: 'measure' });
  for (let i = 0; i < 100; i++) manager.measurePerformance('table', 'sort', () => undefined);
  await expect.poll(() => seen.length).toBe(100);
  observer.disconnect();
  expect(seen[0]?.name).toBe('poise:table:sort');
  expect(Reflect.get(seen[0] ?? {}, 'detail')).toMatchObject({ devtools: { dataType: 'track-entry', track: 'poise' } });
  expect(performance.getEntriesByType('measure').map(({ name }) => name)).toEqual(['the app’s own']);
  performance.clearMeasures();
  const quiet = new PerformanceManager({ userTiming: false });
  quiet.measurePerformance('table', 'quiet', () => undefined);
  expect(seen.some(({ name }) => name.includes('quiet'))).toBe(false);
});

test('it measures without User Timing as well', () => {
  const manager = new PerformanceManager({}, { environment: { ...detectEnvironment(), performance: undefined } });
  manager.measurePerformance('a', 'run', () => undefined);
  expect(manager.getMetrics('a')[0]?.memoryUsageBytes).toBeUndefined();
});

test('how busy the main thread was during an async run, where the browser tells', async () => {
  const manager = new PerformanceManager({ intervalMs: 300 });
  manager.start();
  const complete: OperationMetrics[] = [];
  manager.metrics$.subscribe((metrics) => complete.push(metrics));
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  await manager.measurePerformance('a', 'rests', () => wait(400));
  await manager.measurePerformance('a', 'works', async () => {
    await wait(20);
    // The last thing it does is the long task that it ends in.
    const end = performance.now() + 400;
    while (performance.now() < end);
  });
  expect(manager.getMetrics('a')[1]?.mainThreadPercent).toBeUndefined();
  await expect.poll(() => complete.length, { timeout: 5_000 }).toBe(2);
  const [rests, works] = complete;
  if (manager.stats.mainThreadSource === 'unsupported') {
    expect([rests?.mainThreadPercent, works?.mainThreadPercent]).toEqual([undefined, undefined]);
  } else {
    expect(works?.mainThreadPercent).toBeGreaterThan(60);
    expect(works?.mainThreadPercent).toBeLessThanOrEqual(100);
    expect(rests?.mainThreadPercent).toBeLessThan(works?.mainThreadPercent ?? 0);
  }
  expect(manager.getMetrics('a')[1]).toBe(works);
  manager[disposeSymbol]();
});

test('started and stopped a thousand times it leaves nothing behind; an idle one has no timer', () => {
  const { clock, manager } = makeManager();
  for (let i = 0; i < 1_000; i++) {
    manager.start();
    manager.start(500);
    manager.measurePerformance('a', 'run', () => undefined);
    manager.stop();
    manager.stop();
  }
  expect(clock.waiting).toBe(0);
  manager.start();
  clock.advance(60_000);
  expect(clock.waiting).toBe(0);
  manager[disposeSymbol]();
  expect(manager.measurePerformance('a', 'run', () => 3)).toBe(3);
  expect(manager.stats.measured).toBe(1_000);
});

test('two of them live side by side', () => {
  const [one, other] = [makeManager(), makeManager()];
  one.manager.measurePerformance('a', 'run', () => undefined);
  expect(other.manager.getMetrics('a')).toEqual([]);
});

test('stats$ begins with what is, and completes', () => {
  const { manager } = makeManager();
  const measured: number[] = [];
  let completed = false;
  manager.stats$.subscribe({ next: (s) => measured.push(s.measured), complete: () => (completed = true) });
  manager.measurePerformance('a', 'run', () => undefined);
  manager[disposeSymbol]();
  expect([measured[0], measured.at(-1), completed]).toEqual([0, 1, true]);
});

test('bad options and names are refused by name', () => {
  expect(() => new PerformanceManager({ maxMetrics: 0 })).toThrow(/maxMetrics/);
  expect(() => new PerformanceManager({ intervalMs: -1 })).toThrow(ConfigError);
  const { manager } = makeManager();
  expect(() => manager.measurePerformance('', 'run', () => undefined)).toThrow(/componentId/);
  expect(() => manager.measurePerformance('a', '', () => undefined)).toThrow(/operation/);
  expect(() => manager.start(0)).toThrow(/intervalMs/);
  expect(() => manager.getMetrics('a', Number.NaN)).toThrow(/start/);
});
