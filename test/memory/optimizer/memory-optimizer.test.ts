import { expect, test } from 'vitest';
import { ConfigError, disposeSymbol } from '../../../src/core/index.js';
import { MemoryOptimizer } from '../../../src/memory/index.js';
import { VirtualClock } from '../../support/virtual-clock.js';

/** An optimizer in a page that tells these heap figures, in time that the test turns. */
function make(used: () => number = () => 10_000_000, config = {}) {
  const clock = new VirtualClock();
  const performance = Object.create(globalThis.performance, {
    memory: { get: () => ({ usedJSHeapSize: used(), jsHeapSizeLimit: 4_000_000_000 }) },
  });
  const environment = { ...clock.environment, crossOriginIsolated: false, performance };
  return { clock, environment, optimizer: new MemoryOptimizer(config, { clock, environment }) };
}

test('the seed defaults stand', () => {
  const { optimizer } = make();
  expect(optimizer.config).toEqual({
    memoryThresholdBytes: 104_857_600,
    leakThresholdBytes: 10_485_760,
    gcThreshold: 1_000,
    enableAllocationTracking: true,
    intervalMs: 1_000,
  });
  expect(optimizer.thresholds).toEqual({
    memoryThresholdBytes: 104_857_600,
    leakThresholdBytes: 10_485_760,
    gcThreshold: 1_000,
  });
});

test.each([
  [{ memoryThresholdBytes: 0 }, 'memoryThresholdBytes'],
  [{ leakThresholdBytes: '1' }, 'leakThresholdBytes'],
  [{ gcThreshold: 1.5 }, 'gcThreshold'],
  [{ intervalMs: Number.NaN }, 'intervalMs'],
  [{ enableTracemalloc: true }, 'enableTracemalloc'],
])('bad options %o are named', (config, option) => {
  const construct = () => Reflect.construct(MemoryOptimizer, [config]);
  expect(construct).toThrow(ConfigError);
  expect(construct).toThrow(option);
});

test('readings become figures, pressure and a report', () => {
  let used = 50 * 1_048_576;
  const { clock, optimizer } = make(() => used);
  expect(optimizer.stats).toMatchObject({ running: false, usedBytes: undefined, level: undefined });
  expect(optimizer.getMemoryReport().currentMemoryMb).toBeUndefined();
  optimizer.start();
  expect(optimizer.stats).toMatchObject({ running: true, level: 'nominal', source: 'performance-memory' });
  const levels = [85, 101, 130].map((mb) => {
    used = mb * 1_048_576;
    clock.advance(1_000);
    return optimizer.stats.level;
  });
  expect(levels).toEqual(['fair', 'serious', 'critical']);
  used = 60 * 1_048_576;
  clock.advance(1_000);
  expect(optimizer.getMemoryReport()).toMatchObject({
    source: 'performance-memory',
    currentMemoryMb: 60,
    peakMemoryMb: 130,
    memoryGrowthMb: 10,
    leaks: [],
    lastOptimization: undefined,
  });
  optimizer[disposeSymbol]();
});

test('near what the browser allows the level is critical, whatever the threshold', () => {
  const { optimizer } = make(() => 3_900_000_000, { memoryThresholdBytes: 1e12 });
  optimizer.start();
  expect(optimizer.stats.level).toBe('critical');
  optimizer.stop();
});

test('a browser without figures gives none', () => {
  const clock = new VirtualClock();
  const environment = { ...clock.environment, performance: undefined, crossOriginIsolated: false };
  const none = new MemoryOptimizer(
    {},
    { clock, environment: { ...environment, FinalizationRegistry: undefined, WeakRef: undefined } },
  );
  none.start();
  none.track({}, 'Row');
  expect(none.measureMemory('a', 'b', () => 1)).toBe(1);
  clock.advance(5_000);
  expect(none.stats).toMatchObject({
    source: 'unsupported',
    usedBytes: undefined,
    level: undefined,
    gcCollections: undefined,
    trackedObjects: undefined,
    trackedBytes: undefined,
  });
  expect(none.getMetrics()[0]).toMatchObject({ memoryUsageBytes: undefined, memoryPeakBytes: undefined });
  expect(none.gcSettings.supported).toBe(false);
  none[disposeSymbol]();

  const tracked = new MemoryOptimizer({}, { clock, environment });
  tracked.start();
  tracked.track(new ArrayBuffer(1_000), 'Frame');
  clock.advance(1_000);
  expect(tracked.stats).toMatchObject({ source: 'tracked', usedBytes: 1_000, trackedObjects: 1 });
  tracked[disposeSymbol]();
});

test('starting twice doubles nothing, stopping leaves nothing, and it can be started again', () => {
  const { clock, optimizer } = make();
  optimizer.start();
  const waiting = clock.waiting;
  optimizer.start();
  expect(clock.waiting).toBe(waiting);
  optimizer.stop();
  optimizer.stop();
  expect(clock.waiting).toBe(0);
  expect(optimizer.stats.running).toBe(false);
  optimizer.start();
  expect(clock.waiting).toBe(waiting);
  let completed = 0;
  const complete = () => completed++;
  optimizer.stats$.subscribe({ complete });
  optimizer.leaks$.subscribe({ complete });
  optimizer.errors$.subscribe({ complete });
  optimizer[disposeSymbol]();
  optimizer[disposeSymbol]();
  optimizer.start();
  expect(completed).toBe(3);
  expect(clock.waiting).toBe(0);
});

test('with allocation tracking off nothing is counted', () => {
  const { optimizer } = make(undefined, { enableAllocationTracking: false });
  optimizer.start();
  optimizer.track({}, 'Row');
  expect(optimizer.stats.trackedObjects).toBeUndefined();
  expect(optimizer.getMemoryReport().components).toEqual([]);
  optimizer[disposeSymbol]();
});
