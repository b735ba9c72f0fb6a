import { afterEach, expect, it } from 'vitest';
import { disposeSymbol } from '../../src/core/index.js';
import { type LeakDetector, type LeakFinding, LeakKind, MemoryOptimizer } from '../../src/memory/index.js';
import { PerformanceMonitor } from '../../src/monitor/index.js';
import { VirtualClock } from '../support/virtual-clock.js';

const open: Disposable[] = [];
afterEach(() => {
  for (const thing of open.splice(0)) thing[disposeSymbol]();
});

function finding(componentId: string, memoryIncreaseBytes: number): LeakFinding {
  return {
    key: componentId,
    componentId,
    operation: '',
    memoryIncreaseBytes,
    objectIncrease: undefined,
    bytesPerHour: undefined,
    durationMs: 60_000,
    confidence: 0.99,
    details: `${componentId} grows.`,
    recommendations: [],
  };
}

/** A monitor whose leak detection holds `findings` for leaks. */
async function monitorThatFound(findings: readonly LeakFinding[]) {
  const clock = new VirtualClock();
  const { environment } = clock;
  const detector: LeakDetector = { kind: LeakKind.LIVE_OBJECTS, observe: () => findings };
  const memoryOptimizer = new MemoryOptimizer(
    { intervalMs: 1_000 },
    { clock, environment, detectors: [() => detector] },
  );
  const monitor = new PerformanceMonitor(
    {
      checkIntervalMs: 1_000,
      enableLogRotation: false,
      collect: { webVitals: false, pressure: false, storage: false },
    },
    { clock, environment, parts: { memoryOptimizer } },
  );
  open.push(monitor, memoryOptimizer);
  memoryOptimizer.start();
  await monitor.start();
  clock.advance(5_000);
  return monitor;
}

it('names the leaks that go on, the worst first', async () => {
  const monitor = await monitorThatFound([finding('Ticker', 1_000), finding('FeedRow', 500_000_000)]);
  const report = monitor.getReport();
  expect(report).toMatch(/2 leaks go on, 2 found so far\n +FeedRow grows\.\n +Ticker grows\./);
  expect(report).toContain('2 leaks were found: FeedRow grows.');
  expect(monitor.getPerformanceStats().leaks?.leaks.map((leak) => leak.componentId)).toEqual(['FeedRow', 'Ticker']);
});

it('names no more than five of many', async () => {
  const many = Array.from({ length: 20 }, (_, n) => finding(`Row ${n}`, 1_000));
  const named = (await monitorThatFound(many)).getReport().match(/Row \d+ grows/g);
  // Five in the memory section, one in the alert.
  expect(named).toHaveLength(6);
});
