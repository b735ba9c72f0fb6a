import { expect, onTestFinished, test } from 'vitest';
import { disposeSymbol } from '../../src/core/disposer.js';
import { ConfigError } from '../../src/core/errors.js';
import { OptimizationError, OptimizationManager, OptimizationType } from '../../src/optimize/index.js';

function newManager(...args: ConstructorParameters<typeof OptimizationManager>): OptimizationManager {
  const manager = new OptimizationManager(...args);
  onTestFinished(() => manager[disposeSymbol]());
  return manager;
}

const slow = (n: number): number => {
  const end = performance.now() + 5;
  while (performance.now() < end);
  return n * n;
};

test("the seed's defaults, and bad configs refused", () => {
  const manager = newManager();
  const config = manager.registerOptimization({ optimizationId: 'kept', optimizationType: OptimizationType.CACHING });
  expect(config).toEqual({
    optimizationId: 'kept',
    optimizationType: 'caching',
    enabled: true,
    priority: 1,
    maxWorkers: 4,
    cacheSize: 1000,
    cacheTtlSeconds: 3600,
    parameters: {},
  });
  expect(manager.getOptimization('kept')).toEqual(config);
  expect(manager.getOptimization('other')).toBeUndefined();
  const again = () => manager.registerOptimization({ optimizationId: 'kept', optimizationType: 'network' });
  expect(again).toThrow(OptimizationError);
  // @ts-expect-error there is no such type
  expect(() => manager.registerOptimization({ optimizationId: 'x', optimizationType: 'magic' })).toThrow(ConfigError);
  // @ts-expect-error it needs an id
  expect(() => manager.registerOptimization({ optimizationType: 'caching' })).toThrow(/optimizationId/);
  // @ts-expect-error there is no such option
  expect(() => new OptimizationManager({ cacheDir: '/tmp' })).toThrow(ConfigError);
  expect(() => manager.optimizeFunction(slow, { optimizationType: 'caching', optimizationId: 'no' })).toThrow(/"no"/);
  expect(() => manager.optimizeFunction(slow, { optimizationType: 'network', optimizationId: 'kept' })).toThrow(
    /caching/,
  );
  expect(() => manager.optimizeFunction(slow, { optimizationType: 'caching', maxSize: 0 })).toThrow(ConfigError);
});

test('the highest priority of a type is used, and can be switched off and on', async () => {
  const manager = newManager();
  manager.registerOptimization({ optimizationId: 'low', optimizationType: 'caching', cacheSize: 1 });
  manager.registerOptimization({ optimizationId: 'high', optimizationType: 'caching', priority: 5, cacheSize: 2 });
  expect(manager.listOptimizations('caching').map(({ optimizationId }) => optimizationId)).toEqual(['high', 'low']);
  let calls = 0;
  const count = manager.optimizeFunction((n: number) => n + ++calls, { optimizationType: 'caching' });
  expect(count.result).toMatchObject({ optimizationId: 'high', status: 'pending', performanceImprovement: undefined });
  expect([await count(0), await count(0)]).toEqual([1, 1]);
  expect(manager.disableOptimization('high')).toBe(true);
  expect(count.result.status).toBe('disabled');
  expect(manager.getOptimization('high')?.enabled).toBe(false);
  expect(await count(0)).toBe(2);
  expect(manager.enableOptimization('high')).toBe(true);
  expect(await count(0)).toBe(1);
  expect(manager.enableOptimization('nothing')).toBe(false);
  expect(manager.disableOptimization('nothing')).toBe(false);
  // cacheSize 2: the oldest of three went.
  await count(1);
  await count(2);
  expect(manager.getCacheStats().entries).toBe(2);
});

test('a function without a registered optimisation has one of its own', async () => {
  const manager = newManager();
  const one = manager.optimizeFunction(slow, { optimizationType: 'caching' });
  const two = manager.optimizeFunction(slow, { optimizationType: 'caching' });
  expect(one.result.optimizationId).not.toBe(two.result.optimizationId);
  expect(manager.getOptimizationReport().results).toHaveLength(2);
});

test('what was not measured is undefined, what was is a figure', async () => {
  const manager = newManager();
  const kept = manager.optimizeFunction(slow, { optimizationType: 'caching', cacheKey: 'slow' });
  await kept(3);
  expect(kept.result).toMatchObject({
    status: 'active',
    performanceImprovement: undefined,
    memorySavedBytes: undefined,
  });
  await kept(3);
  expect(kept.result.status).toBe('completed');
  expect(kept.result.performanceImprovement).toEqual(expect.any(Number));
  expect(kept.result.executionTimeMs).toEqual(expect.any(Number));
  expect(kept.result.metadata).toMatchObject({ cacheKey: 'slow', calls: 2, measurements: 1 });
});

test('the report adds up', async () => {
  const manager = newManager();
  const kept = manager.optimizeFunction(slow, { optimizationType: 'caching' });
  manager.optimizeFunction(slow, { optimizationType: 'network' });
  await kept(1);
  await kept(1);
  const report = manager.getOptimizationReport();
  expect(report.counts).toEqual({ pending: 1, active: 0, completed: 1, failed: 0, disabled: 0 });
  expect(report.meanImprovement).toBe(kept.result.performanceImprovement);
  expect(report.cache).toEqual({ functions: 1, entries: 1, hits: 1, misses: 1, hitRate: 0.5 });
  expect(manager.releaseMemory('fair')).toMatchObject({ items: 0 });
  expect(manager.releaseMemory('critical')).toMatchObject({ items: 1 });
  expect(manager.getCacheStats().entries).toBe(0);
});

test('caching and parallelisation can be switched off for all', async () => {
  const manager = newManager({ enableCaching: false, enableParallelization: false });
  let calls = 0;
  const kept = manager.optimizeFunction(() => ++calls, { optimizationType: 'caching' });
  expect([await kept(), await kept()]).toEqual([1, 2]);
  const outer = 10;
  const parallel = manager.optimizeFunction((n: number) => n + outer, { optimizationType: 'parallelization' });
  expect(await parallel.map([1, 2])).toEqual([11, 12]);
  expect(parallel.result.status).toBe('disabled');
});

test('a disposed manager takes no more functions, and its stream has ended', () => {
  const manager = newManager();
  let completed = false;
  manager.report$.subscribe({ complete: () => (completed = true) });
  manager[disposeSymbol]();
  manager[disposeSymbol]();
  expect(completed).toBe(true);
  expect(() => manager.optimizeFunction(slow, { optimizationType: 'memory' })).toThrow(OptimizationError);
});
