import { expect, test } from 'vitest';
import { asyncDisposeSymbol, disposeSymbol } from '../../../src/core/index.js';
import { LogRotator } from '../../../src/logs/index.js';
import { type MetricsSink, type OperationMetrics, PerformanceManager } from '../../../src/monitor/manager/index.js';
import { VirtualClock } from '../../support/virtual-clock.js';

test('metrics outlive the manager in a log, and are loaded beyond what memory holds', async () => {
  const name = `metrics-${crypto.randomUUID()}`;
  const first = new LogRotator<OperationMetrics>({ name });
  first.start();
  const writer = new PerformanceManager({ maxMetrics: 5 }, { sink: first });
  writer.start();
  for (let i = 0; i < 40; i++)
    writer.measurePerformance('table', { name: 'sort', metadata: { i } }, (x: number) => x + 1, i);
  writer.measurePerformance('other', 'run', () => undefined);
  expect(writer.getMetrics('table')).toHaveLength(5);
  expect((await writer.loadMetrics('table')).map((m) => m.metadata['i'])).toEqual(
    Array.from({ length: 40 }, (_, i) => i),
  );
  writer[disposeSymbol]();
  await first[asyncDisposeSymbol]();

  const second = new LogRotator<OperationMetrics>({ name });
  const reader = new PerformanceManager({}, { sink: second });
  const loaded = await reader.loadMetrics('table');
  expect(loaded).toHaveLength(40);
  const middle = loaded[20]?.timestamp ?? 0;
  const later = await reader.loadMetrics('table', middle);
  expect(later.every(({ timestamp }) => timestamp >= middle)).toBe(true);
  expect(later.length).toBeGreaterThan(0);
  await second.clear();
  reader[disposeSymbol]();
  await second[asyncDisposeSymbol]();
});

function makeManager(sink: MetricsSink) {
  const clock = new VirtualClock();
  const manager = new PerformanceManager({}, { clock, environment: clock.environment, sink });
  return { clock, manager };
}

test('metrics are handed over once, at intervals and at the end', () => {
  const taken: OperationMetrics[] = [];
  const { clock, manager } = makeManager({ addEntry: (entry) => taken.push(entry) });
  manager.measurePerformance('a', 'before', () => undefined);
  manager.start(2_000);
  manager.measurePerformance('a', 'during', () => undefined);
  clock.advance(1_999);
  expect(taken).toHaveLength(0);
  clock.advance(1);
  expect(taken.map(({ operation }) => operation)).toEqual(['before', 'during']);
  manager.measurePerformance('a', 'late', () => undefined);
  manager.stop();
  expect(taken).toHaveLength(3);
  expect(manager.stats).toMatchObject({ persisted: 3, notPersisted: 0 });
});

test('a sink that refuses or throws is counted, and measuring goes on', () => {
  let calls = 0;
  const { manager } = makeManager({
    addEntry: () => {
      if (calls++ > 0) throw new Error('full');
      return false;
    },
  });
  const errors: string[] = [];
  manager.errors$.subscribe(({ message }) => errors.push(message));
  manager.start();
  for (let i = 0; i < 3; i++) manager.measurePerformance('a', 'run', () => undefined);
  manager.stop();
  expect(manager.stats).toMatchObject({ measured: 3, persisted: 0, notPersisted: 3 });
  expect(errors).toHaveLength(2);
  expect(manager.getMetrics('a')).toHaveLength(3);
});

test('without start, what waits for the sink is bounded', () => {
  const taken: unknown[] = [];
  const { manager } = makeManager({ addEntry: (entry) => taken.push(entry) });
  for (let i = 0; i < 1_200; i++) manager.measurePerformance('a', 'run', () => undefined);
  expect(taken).toHaveLength(1_000);
});

test('other entries of a log are left out', async () => {
  const { clock, manager } = makeManager({
    addEntry: () => undefined,
    query: async function* () {
      yield { url: '/x', timestamp: 1 };
      yield null;
      yield { componentId: 'a', operation: 'run', timestamp: 2, executionTimeMs: 3 };
    },
  });
  const loading = manager.loadMetrics('a');
  clock.advance(10);
  expect(await loading).toHaveLength(1);
});

test('without a sink, loading gives what is in memory', async () => {
  const manager = new PerformanceManager();
  manager.measurePerformance('a', 'run', () => undefined);
  expect(await manager.loadMetrics('a')).toHaveLength(1);
});
