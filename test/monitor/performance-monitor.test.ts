import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { observeWebVitals } from '../../src/collect/index.js';
import { ConfigError, detectEnvironment, disposeSymbol } from '../../src/core/index.js';
import { LogRotator } from '../../src/logs/index.js';
import { type Alert, type PerformanceConfig, PerformanceMonitor } from '../../src/monitor/index.js';
import { UpdateThrottler } from '../../src/throttle/index.js';
import { VirtualClock } from '../support/virtual-clock.js';

// web-vitals' own observers stay on the page once they are there; have them there before the tests begin.
beforeAll(async () => {
  const subscription = observeWebVitals().subscribe();
  await import('web-vitals/attribution');
  await new Promise((resolve) => setTimeout(resolve, 50));
  subscription.unsubscribe();
});

const open: PerformanceMonitor[] = [];
const names: string[] = [];
afterEach(async () => {
  for (const monitor of open.splice(0)) {
    const log = monitor.getLogRotator();
    monitor[disposeSymbol]();
    await log?.flush();
  }
  for (const name of names.splice(0)) indexedDB.deleteDatabase(`poise-logs:${name}`);
});

/** A log of its own for each test. */
function logName(): string {
  const name = `monitor-${crypto.randomUUID()}`;
  names.push(name);
  return name;
}

function monitorOf(
  config: PerformanceConfig = {},
  ...rest: ConstructorParameters<typeof PerformanceMonitor> extends [unknown?, ...infer Rest] ? Rest : never
) {
  const monitor = new PerformanceMonitor({ logName: logName(), ...config }, ...rest);
  open.push(monitor);
  return monitor;
}

/** A monitor whose time the test turns. */
async function turned(config: PerformanceConfig = {}) {
  const clock = new VirtualClock();
  const collect = { webVitals: false, pressure: false, storage: false, ...config.collect };
  const monitor = monitorOf({ checkIntervalMs: 1_000, ...config, collect }, { clock, environment: clock.environment });
  const alerts: string[] = [];
  monitor.addAlertCallback((type, { state }) => alerts.push(`${type} ${state}`));
  await monitor.start();
  return { clock, monitor, alerts };
}

describe('PerformanceMonitor', () => {
  it('makes and starts what is switched on', async () => {
    const monitor = monitorOf();
    expect(monitor.getUpdateThrottler()).toBeUndefined();
    await monitor.start();
    const ran = vi.fn();
    monitor.getUpdateThrottler()?.requestUpdate(ran);
    monitor.getMemoryManager()?.add({ url: '/a' });
    monitor.getLogRotator()?.addEntry({ url: '/a', status: 200 });
    expect(monitor.getResourceCleaner()?.manager).toBe(monitor.getResourceManager());
    await vi.waitFor(() => expect(ran).toHaveBeenCalledOnce());
    expect(await monitor.getLogRotator()?.flush()).toBe(true);
    const stats = monitor.getPerformanceStats();
    expect(stats).toMatchObject({
      performanceScore: expect.closeTo(100, 2),
      memory: { entries: 1 },
      logs: { added: 1 },
      throttling: { executed: 1 },
      resources: { active: 0 },
      alerts: [],
    });
    expect(stats.score.parts.map(({ part }) => part)).toEqual(['memory', 'throttling', 'resources', 'logs']);
  });

  it('has nothing of what is switched off, and is scored by the rest', async () => {
    const monitor = monitorOf({
      enableMemoryManagement: false,
      enableLogRotation: false,
      enableResourceCleanup: false,
      enableLeakDetection: false,
    });
    await monitor.start();
    expect(monitor.getMemoryManager()).toBeUndefined();
    expect(monitor.getLogRotator()).toBeUndefined();
    expect(monitor.getResourceManager()).toBeUndefined();
    expect(monitor.getMemoryOptimizer()).toBeUndefined();
    const { score, memory, logs } = monitor.getPerformanceStats();
    expect(score.parts).toMatchObject([{ part: 'throttling', maxPoints: 100 }]);
    expect([memory, logs]).toEqual([undefined, undefined]);
  });

  it('works with everything switched off', async () => {
    const off = Object.fromEntries(
      ['webVitals', 'frames', 'longFrames', 'heap', 'pressure', 'storage', 'resourceTiming', 'errors'].map((name) => [
        name,
        false,
      ]),
    );
    const monitor = monitorOf({
      enableMemoryManagement: false,
      enableLogRotation: false,
      enableUpdateThrottling: false,
      enableResourceCleanup: false,
      enableLeakDetection: false,
      collect: off,
    });
    await monitor.start();
    expect(monitor.getPerformanceStats()).toMatchObject({ performanceScore: 100, page: {} });
    expect(monitor.getReport()).toMatch(/100 of 100/);
    expect(await monitor.forceOptimization()).toMatchObject({ actions: [] });
  });

  it('makes nothing that nobody asks for: no database without an entry', async () => {
    const name = logName();
    const monitor = monitorOf({ logName: name, collect: { storage: false } });
    const databases = async () => (await indexedDB.databases()).map((database) => database.name);
    await monitor.start();
    await vi.waitFor(() => expect(monitor.getMemoryOptimizer()?.stats.running).toBe(true), 5_000);
    expect(await databases()).not.toContain(`poise-logs:${name}`);
    monitor.getPerformanceManager()?.measurePerformance('app', 'work', () => 1);
    expect(await monitor.getLogRotator()?.append({ n: 1 })).toBe(true);
    expect(await databases()).toContain(`poise-logs:${name}`);
    expect(monitor.getPerformanceStats()).toMatchObject({ operations: { measured: 1 }, logs: { persistent: true } });
    // One that is asked for while the monitor is stopped does not run.
    monitor.stop();
    expect(monitor.getUpdateThrottler()?.stats).toMatchObject({ requested: 0 });
    expect(monitor.getMemoryOptimizer()?.stats.running).toBe(false);
  });

  it('starts once, however often it is told to, and again after a stop', async () => {
    const monitor = monitorOf();
    const first = monitor.start();
    expect(monitor.start()).toBe(first);
    await first;
    const throttler = monitor.getUpdateThrottler();
    monitor.stop();
    monitor.stop();
    await monitor.start();
    expect(monitor.getUpdateThrottler()).toBe(throttler);
  });

  it('leaves nothing running when it is stopped while it starts', async () => {
    const clock = new VirtualClock();
    const monitor = monitorOf({}, { clock, environment: clock.environment });
    const starting = monitor.start();
    monitor.stop();
    await starting;
    expect(clock.waiting).toBe(0);
  });

  it('takes parts that the app has already, and leaves their life to it', async () => {
    const updateThrottler = new UpdateThrottler();
    const logRotator = new LogRotator({ name: logName() });
    updateThrottler.start();
    const monitor = monitorOf({}, { parts: { updateThrottler, logRotator } });
    await monitor.start();
    expect(monitor.getUpdateThrottler()).toBe(updateThrottler);
    expect(monitor.getLogRotator()).toBe(logRotator);
    monitor[disposeSymbol]();
    const ran = vi.fn();
    expect(updateThrottler.requestUpdate(ran)).toBe(true);
    await vi.waitFor(() => expect(ran).toHaveBeenCalledOnce());
    updateThrottler[disposeSymbol]();
    await logRotator[Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose')]();
  });

  it('names bad options, nested ones too', () => {
    expect(() => new PerformanceMonitor({ maxEntries: 0 })).toThrow(ConfigError);
    expect(() => new PerformanceMonitor({ alertThresholds: { memoryUsagePercent: 101 } })).toThrow(
      /memoryUsagePercent/,
    );
    const misspelt: object = { colect: {} };
    expect(() => new PerformanceMonitor(misspelt)).toThrow(/colect/);
    const badMode: object = { throttleMode: 'sometimes' };
    expect(() => new PerformanceMonitor(badMode)).toThrow(/'fixed' or 'adaptive' or 'burst'/);
  });
});

describe('alerts and optimisation', () => {
  it('raises an alert for a flood once, slows the throttle, and lets go when it is over', async () => {
    const { clock, monitor, alerts } = await turned({ alertThresholds: { performanceScoreMin: 0 } });
    const throttler = monitor.getUpdateThrottler();
    const told: (boolean | undefined)[] = [];
    monitor.optimizations$.subscribe(({ helped }) => told.push(helped));
    for (let ms = 0; ms < 5_000; ms += 5) {
      for (let n = 0; n < 20; n++) throttler?.requestUpdate(() => undefined, { key: `cell ${n}` });
      clock.advance(5);
    }
    await vi.waitFor(() => expect(monitor.getPerformanceStats().optimizations).toHaveLength(1));
    expect(alerts).toEqual(['throttle raised']);
    expect(monitor.getPerformanceStats().alerts).toMatchObject([{ type: 'throttle', threshold: 70 }]);
    expect(throttler?.config.maxUpdatesPerSecond).toBeLessThan(30);
    expect(monitor.getPerformanceStats().optimizations).toMatchObject([
      { trigger: 'throttle', actions: [{ part: 'throttling', what: expect.stringMatching(/slowed from 30/) }] },
    ]);
    expect(monitor.getReport()).toMatch(/have to wait/);
    clock.advance(30_000);
    expect(alerts).toEqual(['throttle raised', 'throttle cleared']);
    expect(throttler?.config.maxUpdatesPerSecond).toBe(30);
    expect(told).toHaveLength(2);
  });

  it('drops entries when memory runs out, sees that it helped, and clears the alert', async () => {
    const { clock, monitor, alerts } = await turned({ maxMemoryMb: 1, maxEntries: 100_000, collect: { heap: false } });
    const memory = monitor.getMemoryManager();
    for (let n = 0; n < 90; n++) memory?.add({ note: 'x'.repeat(10_000) });
    clock.advance(1_000);
    expect(alerts).toEqual(['memory raised']);
    await Promise.resolve();
    const entries = monitor.getPerformanceStats().memory?.entries;
    expect(entries).toBeLessThan(90);
    await vi.waitFor(() => expect(monitor.getPerformanceStats().optimizations).toHaveLength(1));
    clock.advance(1_000);
    expect(monitor.getPerformanceStats().optimizations).toMatchObject([{ trigger: 'memory', helped: true }]);
    memory?.clear();
    clock.advance(1_000);
    expect(alerts).toEqual(['memory raised', 'memory cleared']);
  });

  it('raises an alert for clean-ups that fail, once', async () => {
    const { clock, monitor, alerts } = await turned({ alertThresholds: { performanceScoreMin: 0 } });
    const manager = monitor.getResourceManager();
    const held = [0, 1, 2].map((n) => ({ n }));
    for (const [n, resource] of held.entries()) {
      manager?.register(`r${n}`, 'memory', resource, {
        cleanup: () => {
          if (n > 0) throw new Error('stuck');
        },
      });
    }
    await manager?.cleanup();
    clock.advance(3_000);
    expect(alerts).toEqual(['cleanup raised']);
    // Three ended, two of them in vain, and once more in vain as the monitor tried again: one of five.
    expect(monitor.getPerformanceStats().score.parts.find(({ part }) => part === 'resources')?.health).toBeCloseTo(0.2);
  });

  it('goes on when a callback throws, and tells', async () => {
    const { clock, monitor, alerts } = await turned({ maxMemoryMb: 1, collect: { heap: false } });
    const errors: string[] = [];
    monitor.errors$.subscribe(({ message }) => errors.push(message));
    monitor.addAlertCallback(() => {
      throw new Error('no');
    });
    for (let n = 0; n < 95; n++) monitor.getMemoryManager()?.add({ note: 'x'.repeat(10_000) });
    clock.advance(1_000);
    expect(alerts).toEqual(['memory raised']);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/alert callback/);
  });

  it('neither alerts nor acts where that is switched off', async () => {
    const { clock, monitor, alerts } = await turned({
      maxMemoryMb: 1,
      performanceAlerts: false,
      collect: { heap: false },
    });
    for (let n = 0; n < 95; n++) monitor.getMemoryManager()?.add({ note: 'x'.repeat(10_000) });
    clock.advance(5_000);
    expect(alerts).toEqual([]);
    expect(monitor.getPerformanceStats().optimizations).toEqual([]);
    const other = await turned({ maxMemoryMb: 1, autoOptimize: false, collect: { heap: false } });
    for (let n = 0; n < 95; n++) other.monitor.getMemoryManager()?.add({ note: 'x'.repeat(10_000) });
    other.clock.advance(5_000);
    expect(other.alerts).toEqual(['memory raised']);
    expect(other.monitor.getPerformanceStats().optimizations).toEqual([]);
  });

  it('does what it is told to, and says what it did', async () => {
    const { clock, monitor } = await turned({ collect: { heap: false } });
    for (let n = 0; n < 100; n++) monitor.getMemoryManager()?.add({ n });
    const record = await monitor.forceOptimization();
    expect(record).toMatchObject({ trigger: 'forced', level: 'fair', after: undefined });
    expect(record.actions.map(({ part }) => part)).toContain('memory');
    expect(monitor.getMemoryManager()?.size).toBeLessThan(100);
    clock.advance(1_000);
    expect(monitor.getPerformanceStats().optimizations[0]?.after).toBeDefined();
  });

  it('judges what it was told to do also when nothing else happens', async () => {
    const { clock, monitor } = await turned({ collect: { heap: false } });
    clock.advance(10_000);
    await monitor.forceOptimization();
    clock.advance(1_000);
    expect(monitor.getPerformanceStats().optimizations).toMatchObject([{ trigger: 'forced', helped: false }]);
  });

  it('raises an alert again after its quiet time, by readings that have not changed since', async () => {
    const { clock, monitor, alerts } = await turned({ maxMemoryMb: 1, autoOptimize: false, collect: { heap: false } });
    const fill = () => {
      for (let n = 0; n < 95; n++) monitor.getMemoryManager()?.add({ note: 'x'.repeat(10_000) });
    };
    fill();
    clock.advance(1_000);
    monitor.getMemoryManager()?.clear();
    clock.advance(1_000);
    fill();
    clock.advance(30_000);
    expect(alerts).toEqual(['memory raised', 'memory cleared']);
    clock.advance(30_000);
    // What is full is looked after by the memory manager in the meantime.
    expect(alerts.slice(0, 3)).toEqual(['memory raised', 'memory cleared', 'memory raised']);
  });

  it('forgets its callbacks, and completes its streams at the end', async () => {
    const { clock, monitor } = await turned({ maxMemoryMb: 1, collect: { heap: false } });
    const told: Alert[] = [];
    monitor.addAlertCallback((_type, alert) => told.push(alert))();
    const ended = vi.fn();
    monitor.alerts$.subscribe({ complete: ended });
    monitor.stats$.subscribe({ complete: ended });
    for (let n = 0; n < 95; n++) monitor.getMemoryManager()?.add({ note: 'x'.repeat(10_000) });
    clock.advance(1_000);
    expect(told).toEqual([]);
    monitor[disposeSymbol]();
    expect(ended).toHaveBeenCalledTimes(2);
    expect(clock.waiting).toBe(0);
  });
});

describe('figures', () => {
  it('gives the eight metrics of the seed, and what a page can’t know as undefined', async () => {
    // The user agent's own measurement may take 20 s.
    const environment = { ...detectEnvironment(), crossOriginIsolated: false };
    const monitor = monitorOf({ collect: { network: true } }, { environment });
    await monitor.start();
    await fetch('/', { method: 'POST', body: 'x'.repeat(1_024) }).then((response) => response.text());
    monitor.getLogRotator()?.addEntry({ note: 'x'.repeat(1_000) });
    await monitor.getLogRotator()?.flush();
    await vi.waitFor(() => expect(monitor.getPerformanceStats().page.network?.requests).toBe(1));
    const tellsHeap = 'memory' in performance;
    if (tellsHeap) await vi.waitFor(() => expect(monitor.getMetrics().memoryMb).toBeGreaterThan(0), 5_000);
    const metrics = monitor.getMetrics();
    expect(Object.keys(metrics)).toEqual([
      'timestamp',
      'cpuPercent',
      'memoryPercent',
      'memoryMb',
      'diskReadMb',
      'diskWriteMb',
      'networkRxMb',
      'networkTxMb',
    ]);
    expect(metrics.diskWriteMb).toBeGreaterThan(0);
    expect(metrics.networkTxMb).toBeCloseTo(1 / 1_024, 6);
    expect(Math.abs(metrics.timestamp - Date.now())).toBeLessThan(60_000);
    const tellsLongFrames = PerformanceObserver.supportedEntryTypes.some((type) => /^long/.test(type));
    expect(metrics.cpuPercent === undefined).toBe(!tellsLongFrames);
    expect(metrics.memoryMb === undefined).toBe(!tellsHeap);
    // The captured request went to memory and log.
    expect(monitor.getPerformanceStats().memory?.entries).toBe(1);
    expect(monitor.getPerformanceStats().logs?.added).toBe(2);
  });

  it('tells its figures at the interval, and at once to who comes later', async () => {
    const { clock, monitor } = await turned({ statsUpdateIntervalMs: 60_000 });
    const told: number[] = [];
    monitor.stats$.subscribe(({ at }) => told.push(at));
    expect(told).toHaveLength(1);
    clock.advance(180_500);
    expect(told.length).toBeGreaterThanOrEqual(4);
    expect(told.length).toBeLessThan(7);
  });

  it('says everything in its report', async () => {
    const monitor = monitorOf();
    await monitor.start();
    const report = monitor.getReport();
    for (const title of ['Score', 'Alerts', 'Memory', 'Updates', 'Logs', 'Resources', 'poise itself'])
      expect(report).toContain(`\n${title}\n`);
    expect(report).not.toMatch(/NaN|undefined/);
  });

  it('measures what it costs itself', async () => {
    const monitor = monitorOf({ checkIntervalMs: 20 });
    await monitor.start();
    await vi.waitFor(() => {
      const { self } = monitor.getPerformanceStats();
      expect(self.mainThreadMs).toBeGreaterThan(0);
      expect(self.mainThreadPercent).toBeGreaterThan(0);
    });
  });
});

describe('the performance manager', () => {
  it('is one of the parts, and its metrics outlast the page in the log', async () => {
    const monitor = monitorOf();
    await monitor.start();
    const manager = monitor.getPerformanceManager();
    expect(manager?.measurePerformance('table', 'sort', () => [2, 1].sort())).toEqual([1, 2]);
    await expect(manager?.measurePerformance('table', 'load', async () => 'rows')).resolves.toBe('rows');
    expect(monitor.getPerformanceStats().operations).toMatchObject({ measured: 2, failed: 0, components: 1 });
    expect(monitor.getReport()).toContain('2 measured, 0 failed, 1 components');
    monitor.stop();
    await monitor.getLogRotator()?.flush();
    const kept: unknown[] = [];
    for await (const entry of monitor.getLogRotator()?.query() ?? []) kept.push(entry);
    expect(kept).toMatchObject([
      { componentId: 'table', operation: 'sort' },
      { componentId: 'table', operation: 'load' },
    ]);
  });

  it('works without a log, and is not there where it is switched off', async () => {
    const without = monitorOf({ enableLogRotation: false });
    await without.start();
    expect(without.getPerformanceManager()?.measurePerformance('a', 'b', () => 1)).toBe(1);
    const off = monitorOf({ enablePerformanceManager: false });
    await off.start();
    expect(off.getPerformanceManager()).toBeUndefined();
    expect(off.getPerformanceStats().operations).toBeUndefined();
  });

  it('gives its memory back under pressure', async () => {
    const { clock, monitor } = await turned({ maxMemoryMb: 1, collect: { heap: false } });
    monitor.getPerformanceManager()?.measurePerformance('a', 'b', () => 1);
    for (let n = 0; n < 99; n++) monitor.getMemoryManager()?.add({ note: 'x'.repeat(10_000) });
    clock.advance(1_000);
    await vi.waitFor(() => expect(monitor.getPerformanceStats().optimizations).toHaveLength(1));
    expect(monitor.getPerformanceStats().optimizations[0]?.actions.map(({ part }) => part)).toContain('operations');
  });
});

describe('its own cost', () => {
  it('past the budget it looks and samples less often, says so, and goes back', async () => {
    const clock = new VirtualClock();
    /** A browser in which each reading of the heap takes so long. */
    let readingMs = 30;
    let readings = 0;
    const performance = Object.create(globalThis.performance, {
      memory: {
        get: () => {
          readings++;
          clock.spend(readingMs);
          return { usedJSHeapSize: 10_000_001, jsHeapSizeLimit: 4e9 };
        },
      },
    });
    const environment = { ...clock.environment, performance };
    const monitor = monitorOf(
      {
        checkIntervalMs: 1_000,
        enableLeakDetection: false,
        collect: { webVitals: false, pressure: false, storage: false },
      },
      { clock, environment },
    );
    const alerts: string[] = [];
    monitor.addAlertCallback((type, { state }) => alerts.push(`${type} ${state}`));
    await monitor.start();
    // The collectors come when the page has time.
    await vi.waitFor(() => {
      clock.advance(50);
      expect(monitor.getPerformanceStats().page.heap?.latest).toBeDefined();
    }, 5_000);
    const inAMinute = () => {
      const before = readings;
      clock.advance(60_000);
      return readings - before;
    };
    inAMinute();
    expect(alerts[0]).toBe('overhead raised');
    expect(monitor.getPerformanceStats().self.slowdown).toBeGreaterThan(1);
    expect(monitor.getReport()).toMatch(/less often, to keep its budget/);
    expect(inAMinute()).toBeLessThan(45);
    expect(monitor.getPerformanceStats().self.mainThreadPercent).toBeLessThan(3);
    readingMs = 0;
    clock.advance(120_000);
    expect(monitor.getPerformanceStats().self.slowdown).toBe(1);
    expect(alerts.at(-1)).toBe('overhead cleared');
    expect(inAMinute()).toBeGreaterThan(50);
  });
});
