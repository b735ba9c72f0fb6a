import type { Browser, CDPSession, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as Core from '../../src/core/index.js';
import type * as Monitor from '../../src/monitor/index.js';
import { objectBytes } from '../support/object-bytes.js';
import { launchChromium, openTestSite, type TestSite } from '../support/test-site.js';

/** How long the page rests; a whole minute was looked at as well. */
const SECONDS = Number(process.env['POISE_IDLE_SECONDS'] ?? 20);
const TIMES = 1_000;
const BATCHES = 4;

let site: TestSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([
    openTestSite(),
    launchChromium(['--js-flags=--expose-gc', '--enable-precise-memory-info']),
  ]);
});
afterAll(async () => {
  await browser?.close();
  site?.close();
});

/** How often the page was woken, and what is open in it now. */
interface Counted {
  timers: number;
  frames: number;
  idles: number;
  observers: number;
  workers: number;
  databases: number;
  locks: number;
}

const NONE: Counted = { timers: 0, frames: 0, idles: 0, observers: 0, workers: 0, databases: 0, locks: 0 };

/** A page that counts, with a monitor of which everything is switched on; it is started when it is told to. */
async function openPage(): Promise<{ page: Page; protocol: CDPSession }> {
  const page = await browser.newPage();
  const protocol = await page.context().newCDPSession(page);
  await protocol.send('Performance.enable');
  await page.addInitScript((none) => {
    const fired = { ...none };
    Reflect.set(globalThis, 'fired', fired);
    const open = { timers: new Set(), frames: new Set(), idles: new Set(), observers: new Set(), databases: new Set() };
    Reflect.set(globalThis, 'openThings', open);
    const callbacks = (start: string, end: string, kind: 'timers' | 'frames' | 'idles') => {
      const [begin, cancel] = [Reflect.get(globalThis, start), Reflect.get(globalThis, end)];
      Reflect.set(globalThis, start, (callback: (...args: unknown[]) => void, ...rest: unknown[]) => {
        const id = begin(
          (...args: unknown[]) => {
            fired[kind]++;
            open[kind].delete(id);
            callback(...args);
          },
          ...rest,
        );
        open[kind].add(id);
        return id;
      });
      Reflect.set(globalThis, end, (id: number) => {
        open[kind].delete(id);
        cancel(id);
      });
    };
    callbacks('setTimeout', 'clearTimeout', 'timers');
    callbacks('requestAnimationFrame', 'cancelAnimationFrame', 'frames');
    callbacks('requestIdleCallback', 'cancelIdleCallback', 'idles');
    const observers = (name: string) => {
      const { prototype } = Reflect.get(globalThis, name);
      const { observe, disconnect } = prototype;
      prototype.observe = function (...args: unknown[]) {
        open.observers.add(this);
        return Reflect.apply(observe, this, args);
      };
      prototype.disconnect = function () {
        open.observers.delete(this);
        return Reflect.apply(disconnect, this, []);
      };
    };
    for (const name of ['PerformanceObserver', 'MutationObserver', 'PressureObserver'])
      if (name in globalThis) observers(name);
    const { open: openDatabase } = IDBFactory.prototype;
    const { close } = IDBDatabase.prototype;
    IDBFactory.prototype.open = function (...args: [string]) {
      const request = openDatabase.apply(this, args);
      request.addEventListener('success', () => open.databases.add(request.result));
      return request;
    };
    IDBDatabase.prototype.close = function () {
      open.databases.delete(this);
      close.call(this);
    };
    const MakeWorker = Worker;
    globalThis.Worker = class extends MakeWorker {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        fired.workers++;
      }
    };
  }, NONE);
  await page.goto(site.url);
  await page.evaluate(async () => {
    const { PerformanceMonitor } = await load<typeof Monitor>('/monitor.js');
    const make = () =>
      new PerformanceMonitor({ collect: { network: true, networkHeaders: true, networkBodies: true } });
    Reflect.set(globalThis, 'makeMonitor', make);
  });
  return { page, protocol };
}

/** What happened in the page so far. */
async function metricsOf(page: Page, protocol: CDPSession) {
  for (let n = 0; n < 3; n++) await protocol.send('HeapProfiler.collectGarbage');
  const { metrics } = await protocol.send('Performance.getMetrics');
  const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  const fired = await page.evaluate((): Counted => ({ ...Reflect.get(globalThis, 'fired') }));
  return {
    mainThreadMs: metric('TaskDuration') * 1_000,
    cpuMs: metric('ThreadTime') * 1_000,
    listeners: metric('JSEventListeners'),
    nodes: metric('Nodes'),
    ...fired,
  };
}

/** What is open in the page now. */
function openThings(page: Page): Promise<Omit<Counted, 'workers'>> {
  return page.evaluate(async () => {
    const open: Record<'timers' | 'frames' | 'idles' | 'observers' | 'databases', Set<unknown>> = Reflect.get(
      globalThis,
      'openThings',
    );
    const { held = [], pending = [] } = await navigator.locks.query();
    const { timers, frames, idles, observers, databases } = open;
    return {
      timers: timers.size,
      frames: frames.size,
      idles: idles.size,
      observers: observers.size,
      databases: databases.size,
      locks: held.length + pending.length,
    };
  });
}

const rest = (page: Page, seconds: number) => page.waitForTimeout(seconds * 1_000);

test(`a page at rest for ${SECONDS} s with all of poise: few wake-ups, and nothing grows`, {
  timeout: SECONDS * 4_000 + 60_000,
}, async () => {
  const { page, protocol } = await openPage();
  await page.evaluate(async () => {
    const monitor = Reflect.get(globalThis, 'makeMonitor')();
    Reflect.set(globalThis, 'monitor', monitor);
    await monitor.start();
    // Makes every part that is switched on, as an app does that uses them all.
    monitor.getPerformanceStats();
  });
  // What follows a start is done: the first look, the first tidying of the log.
  await rest(page, 8);
  const periods = [];
  let bytesBefore = await objectBytes(protocol);
  for (let n = 0; n < 3; n++) {
    // What looking at the heap set off is over.
    await rest(page, 2);
    const before = await metricsOf(page, protocol);
    await rest(page, SECONDS);
    const after = await metricsOf(page, protocol);
    const bytesAfter = await objectBytes(protocol);
    periods.push({
      mainThreadMs: after.mainThreadMs - before.mainThreadMs,
      cpuMs: after.cpuMs - before.cpuMs,
      heapBytes: bytesAfter - bytesBefore,
      listeners: after.listeners,
      nodes: after.nodes,
      timers: after.timers - before.timers,
      frames: after.frames - before.frames,
      idles: after.idles - before.idles,
      workers: after.workers,
    });
    bytesBefore = bytesAfter;
  }
  const self = await page.evaluate(() => {
    const monitor: Monitor.PerformanceMonitor = Reflect.get(globalThis, 'monitor');
    return monitor.getPerformanceStats().self;
  });
  console.log(`at rest, ${SECONDS} s each:`, periods, 'poise says:', self);
  const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[1];
  // Looks every 5 s, storage every 60: by the clock of a page that nobody touches. A busy machine adds some of its own.
  expect(median(periods.map(({ timers, idles }) => (timers + idles) / SECONDS))).toBeLessThanOrEqual(1);
  // A frame every 10 s; after a frame that a busy machine made long, the next are watched for a second.
  expect(median(periods.map(({ frames }) => frames / SECONDS))).toBeLessThanOrEqual(0.2);
  // A listener of a request that the browser has yet to drop is in one count and gone from the next; one that stays is in
  // both of the later counts.
  const [first, ...later] = periods;
  expect(Math.min(...later.map(({ listeners }) => listeners))).toBeLessThanOrEqual(first?.listeners ?? Number.NaN);
  expect(Math.min(...later.map(({ nodes }) => nodes))).toBeLessThanOrEqual(first?.nodes ?? Number.NaN);
  for (const { workers } of periods) expect(workers).toBe(0);
  // What grows does so in most of them. A reading of the heap is some 50 bytes.
  expect(median(periods.map(({ heapBytes }) => heapBytes))).toBeLessThan(SECONDS * 100);
  expect(self.slowdown).toBe(1);
  await page.close();
});

test(`started and stopped ${TIMES} times, it leaves nothing behind`, { timeout: 240_000 }, async () => {
  const { page, protocol } = await openPage();
  /** Starts and stops so often: half of them while they start. */
  const cycle = (times: number) =>
    page.evaluate(async (count) => {
      const core: typeof Core = await load('/core.js');
      for (let n = 0; n < count; n++) {
        const monitor: Monitor.PerformanceMonitor = Reflect.get(globalThis, 'makeMonitor')();
        const started = monitor.start();
        if (n % 2 === 0) await started;
        // The parts are made as they are asked for: here all of them, in the others those two.
        if (n % 4 === 0) monitor.getPerformanceStats();
        monitor.getLogRotator()?.addEntry({ n });
        monitor.getMemoryManager()?.add({ n });
        if (n % 3 === 0) monitor.stop();
        await started;
        monitor[core.disposeSymbol]();
      }
    }, times);
  /** As it is once all is quiet: databases close when their last write is done. */
  const settled = async () => {
    await rest(page, 2);
    return {
      ...(await openThings(page)),
      metrics: await metricsOf(page, protocol),
      bytes: await objectBytes(protocol),
    };
  };
  // web-vitals registers its observers and listeners once a page, and they stay.
  await cycle(20);
  await page.evaluate(() => new Promise(requestAnimationFrame));
  const { metrics: before, bytes, ...openBefore } = await settled();
  const heapBytes = [bytes];
  for (let n = 0; n < BATCHES; n++) {
    await cycle(TIMES / BATCHES);
    heapBytes.push((await settled()).bytes);
  }
  const { metrics: after, bytes: _, ...openAfter } = await settled();
  const targets = (await protocol.send('Target.getTargets')).targetInfos.filter(({ type }) => type === 'worker');
  const databases = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  const growth = heapBytes.slice(1).map((bytes, n) => ((bytes - (heapBytes[n] ?? bytes)) * BATCHES) / TIMES);
  console.log(`${TIMES} times:`, { openBefore, openAfter, databases, bytesATime: growth, before, after });
  expect(openAfter).toEqual(openBefore);
  expect(openAfter).toMatchObject({ timers: 0, frames: 0, idles: 0, databases: 0, locks: 0 });
  expect(after.listeners).toBe(before.listeners);
  expect(after.nodes).toBe(before.nodes);
  expect(targets).toEqual([]);
  expect(databases).toEqual(['poise-logs:logs']);
  // A monitor that stays is tens of kilobytes, in every batch.
  expect(Math.min(...growth)).toBeLessThan(50);
  await page.close();
});
