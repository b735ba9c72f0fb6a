import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LongFrame, NetworkEntry, UncaughtError, WebVital } from '../../src/collect/index.js';
import { disposeSymbol } from '../../src/core/disposer.js';
import { LogRotator } from '../../src/logs/index.js';
import { type MemoryLeak, MemoryManager, MemoryOptimizer } from '../../src/memory/index.js';
import { type PageFigures, PerformanceMonitor } from '../../src/monitor/index.js';
import { findAll } from '../../src/overlay/findings/find.js';
import { FrameLog } from '../../src/overlay/frame-log.js';
import type { OverlaySource } from '../../src/overlay/overlay-source.js';
import { ResourceManager } from '../../src/resources/index.js';
import { UpdateThrottler } from '../../src/throttle/index.js';
import { VirtualClock } from '../support/virtual-clock.js';

let clock: VirtualClock;
let frames: FrameLog;
const made: Disposable[] = [];
const owned = <Part extends Disposable>(part: Part): Part => {
  made.push(part);
  return part;
};
beforeEach(() => {
  clock = new VirtualClock();
  frames = new FrameLog({ within: () => 0 });
});
afterEach(() => {
  for (const part of made.splice(0)) part[disposeSymbol]();
});

const ignore = () => undefined;
/** What is found, each as one text: severity, title, blame, advice. */
const found = (source: OverlaySource = {}) =>
  findAll({ source, frames, clock, redraw: ignore, show: ignore, act: ignore }).map(
    ({ severity, title, blame = 'nobody', recommendation, panel }) =>
      `${severity}: ${title} [${blame}] ${recommendation} → ${panel}`,
  );

/** Frames of the second that has just passed. */
function frameSecond(delivered: number, dropped: number): void {
  for (let frame = 0; frame < delivered; frame++)
    frames.record({
      time: clock.now() + frame,
      intervalMs: 16,
      dropped: frame === 0 ? dropped : 0,
      displayIntervalMs: 16,
    });
  clock.advance(1_000);
}

/** A monitor that has been told this of the page. */
const telling = (page: PageFigures): OverlaySource => {
  const stats = owned(new PerformanceMonitor({}, { clock, environment: clock.environment })).getPerformanceStats();
  return { monitor: { getPerformanceStats: () => ({ ...stats, page }) } };
};

const longFrame = (over: Partial<LongFrame> = {}): LongFrame => ({
  source: 'long-animation-frame',
  startTime: clock.now(),
  durationMs: 120,
  blockingMs: 70,
  scripts: [],
  ...over,
});
const script = { invoker: 'BUTTON#save.onclick', sourceUrl: 'app.js', functionName: 'save', durationMs: 100 };

describe('what is wrong now', () => {
  it('is nothing on a page without any part, and on one where all is well', () => {
    frameSecond(60, 0);
    expect(found()).toEqual([]);
    const throttler = owned(new UpdateThrottler({}, { clock, environment: clock.environment }));
    const resources = owned(new ResourceManager({}, { clock }));
    const memory = owned(new MemoryManager({}, { clock }));
    const source = telling({ errors: { count: 0, recent: [] } });
    expect(found({ ...source, throttler, resources, memory })).toEqual([]);
  });

  it('stands with the worst first', () => {
    frameSecond(50, 10);
    frames.recordLong(longFrame({ durationMs: 800 }));
    expect(found().map((text) => text.split(':')[0])).toEqual(['error', 'warning']);
  });
});

describe('a long frame', () => {
  it('names its script, the longest of several', () => {
    frames.recordLong(longFrame());
    frames.recordLong(longFrame({ durationMs: 300, scripts: [{ ...script, forcedLayoutMs: 0 }] }));
    const [text] = found();
    expect(text).toMatch(/^warning: The page stood still for 300 ms, the longest of 2 times in the last 10 s\./);
    expect(text).toContain('[BUTTON#save.onclick · save · app.js]');
    expect(text).toContain('slices');
  });

  it('that forced layout is told so', () => {
    frames.recordLong(longFrame({ scripts: [{ ...script, forcedLayoutMs: 60 }] }));
    expect(found()[0]).toContain('read first, then write');
  });

  it('is an error from half a second on, and forgotten after ten', () => {
    frames.recordLong(longFrame({ durationMs: 500 }));
    expect(found()[0]).toMatch(/^error: .*, once in the last 10 s\./);
    clock.advance(10_001);
    expect(found()).toEqual([]);
  });
});

describe('dropped frames', () => {
  it.each([
    [58, 2, undefined],
    [57, 3, 'warning'],
    [45, 15, 'error'],
  ])('%i delivered and %i dropped: %s', (delivered, dropped, severity) => {
    frameSecond(delivered, dropped);
    expect(found()[0]?.split(':')[0]).toBe(severity);
  });

  it('give the advice that fits the page', () => {
    frameSecond(45, 15);
    expect(found()[0]).toContain('through an UpdateThrottler');
    const throttler = owned(new UpdateThrottler({}, { clock, environment: clock.environment }));
    expect(found({ throttler })[0]).toContain('a key');
  });
});

describe('a part', () => {
  it('refuses updates: an error; one that threw: a warning', () => {
    const throttler = owned(new UpdateThrottler({ maxQueueSize: 1 }, { clock, environment: clock.environment }));
    throttler.forceUpdate(() => {
      throw new Error('no');
    });
    expect(found({ throttler })[0]).toMatch(/^warning: 1 update threw\..*errors\$.*→ updates$/);
    throttler.requestUpdate(ignore);
    throttler.requestUpdate(ignore);
    throttler.requestUpdate(ignore);
    expect(found({ throttler })[0]).toMatch(/^error: 2 updates were refused.*→ updates$/);
  });

  it('has a resource that would not end: it is named, with why', async () => {
    const resources = owned(new ResourceManager({}, { clock }));
    const chart = {};
    const cleanup = () => {
      throw new Error('in use');
    };
    resources.register('chart', 'memory', chart, { cleanup });
    expect(found({ resources })).toEqual([]);
    await resources.cleanup();
    expect(found({ resources })[0]).toMatch(
      /^warning: 1 clean-up failed\. \[chart \(custom\): .*in use\].*→ resources$/,
    );
  });

  it('runs out of memory', () => {
    const memory = owned(new MemoryManager({}, { clock }));
    const under = (pressure: 'nominal' | 'fair' | 'serious' | 'critical') =>
      found({ memory: { stats: { ...memory.stats, pressure } } })[0]?.split(':')[0];
    expect([under('nominal'), under('fair'), under('serious'), under('critical')]).toEqual([
      undefined,
      undefined,
      'warning',
      'error',
    ]);
  });

  it('lost log entries, or keeps them in memory only', () => {
    const log = owned(new LogRotator({ name: `findings-${crypto.randomUUID()}` }, { clock }));
    const having = (over: object) => found({ logs: { stats: { ...log.stats, persistent: true, ...over } } })[0];
    expect(having({})).toBeUndefined();
    expect(having({ persistent: false })).toMatch(/^info: The log is in memory only/);
    expect(having({ dropped: 1 })).toMatch(/^error: 1 log entry was lost\. \[nobody\]/);
    expect(having({ dropped: 7, diskFull: true })).toMatch(/^error: 7 log entries were lost\. \[the disk is full\]/);
  });

  it('leaks: the component is named', () => {
    const report = owned(new MemoryOptimizer({}, { clock, environment: clock.environment })).getMemoryReport();
    const leak: MemoryLeak = {
      id: '1',
      kind: 'live-objects',
      componentId: 'chart-view',
      operation: '',
      memoryIncreaseBytes: undefined,
      objectIncrease: 40,
      durationMs: 1_000,
      severity: 'error',
      confidence: 0.9,
      timestamp: 0,
      endedAt: undefined,
      details: '40 more objects of chart-view live.',
      recommendations: ['Let go of them.'],
    };
    const leaking = (...leaks: MemoryLeak[]) => found({ leaks: { getMemoryReport: () => ({ ...report, leaks }) } });
    expect(leaking()).toEqual([]);
    expect(leaking(leak)).toEqual(['error: 40 more objects of chart-view live. [chart-view] Let go of them. → memory']);
    expect(leaking(leak, { ...leak, id: '2' })[0]).toContain('(and 1 leak more)');
  });
});

describe('what the page tells', () => {
  const error: UncaughtError = {
    kind: 'error',
    name: 'TypeError',
    message: 'x is undefined',
    stack: undefined,
    source: 'app.js',
    line: 12,
    column: 3,
    time: 0,
    count: 1,
    crossOrigin: false,
  };
  const entry = (status: number, over: Partial<NetworkEntry> = {}): NetworkEntry => ({
    id: `${status}`,
    kind: 'fetch',
    method: 'GET',
    url: 'https://a.test/items',
    status,
    ok: status < 400,
    type: 'cors',
    redirected: false,
    startTime: 0,
    timestamp: 0,
    durationMs: 10,
    ttfbMs: 5,
    timing: 'script',
    requestBytes: undefined,
    responseBytes: undefined,
    requestHeaders: undefined,
    responseHeaders: undefined,
    requestBody: undefined,
    responseBody: undefined,
    error: undefined,
    aborted: false,
    ...over,
  });
  const network = (...recent: NetworkEntry[]) =>
    found(
      telling({ network: { requests: recent.length, failed: 0, aborted: 0, sentBytes: 0, receivedBytes: 0, recent } }),
    );

  it('an error that nobody caught, with its place', () => {
    expect(found(telling({ errors: { count: 1, recent: [error] } }))[0]).toMatch(
      /^warning: 1 error was not caught; the last: x is undefined \[app\.js:12\]/,
    );
    expect(found(telling({ errors: { count: 3, recent: [{ ...error, source: undefined }] } }))[0]).toMatch(
      /^warning: 3 errors were not caught; .* \[nobody\]/,
    );
  });

  it('requests that failed, not those that were given up', () => {
    expect(network(entry(200), entry(0, { aborted: true }))).toEqual([]);
    expect(network(...Array.from({ length: 19 }, () => entry(200)), entry(500))).toEqual([]);
    expect(network(entry(200), entry(503))[0]).toMatch(
      /^warning: 1 of the last 2 requests failed\. \[GET https:\/\/a\.test\/items: 503\].*→ network$/,
    );
    const failed = entry(0, { error: { name: 'TypeError', message: 'no route' } });
    expect(network(failed)[0]).toContain('no route');
  });

  it('a poor vital, with its element', () => {
    const vital = (rating: WebVital['rating']): WebVital => ({
      name: 'CLS',
      value: 0.4,
      rating,
      delta: 0,
      id: '',
      navigationType: 'navigate',
      attribution: { target: '#banner', time: 0, value: 0.4, loadState: 'complete' },
    });
    const vitals = (rating: WebVital['rating']) =>
      found(telling({ webVitals: { vitals: [vital(rating)], supported: ['CLS'] } }));
    expect(vitals('needs-improvement')).toEqual([]);
    expect(vitals('poor')[0]).toMatch(/^warning: CLS is poor: 0\.40\. \[#banner\].*→ frames$/);
  });
});
