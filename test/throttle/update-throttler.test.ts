import { expect, test } from 'vitest';
import { ConfigError } from '../../src/core/index.js';
import { type ThrottleConfig, type ThrottleStats, UpdateThrottler } from '../../src/throttle/index.js';
import { VirtualClock } from '../support/virtual-clock.js';

function setUp(config: ThrottleConfig = {}, hz = 60): { clock: VirtualClock; throttler: UpdateThrottler } {
  const clock = new VirtualClock(hz);
  const throttler = new UpdateThrottler(config, { clock, environment: clock.environment });
  throttler.start();
  return { clock, throttler };
}

test('the seed defaults stand', () => {
  expect(new UpdateThrottler().config).toEqual({
    mode: 'adaptive',
    maxUpdatesPerSecond: 30,
    minUpdateIntervalMs: 33,
    burstSize: 30,
    burstWindowMs: 1_000,
    frameBudgetMs: 8,
    maxQueueSize: 10_000,
  });
});

test.each([
  [{ mode: 'bursty' }, 'mode'],
  [{ maxUpdatesPerSecond: Number.NaN }, 'maxUpdatesPerSecond'],
  [{ maxUpdatesPerSecond: -1 }, 'maxUpdatesPerSecond'],
  [{ maxUpdatesPerSecond: 0 }, 'maxUpdatesPerSecond'],
  [{ maxUpdatesPerSecond: '30' }, 'maxUpdatesPerSecond'],
  [{ minUpdateIntervalMs: -1 }, 'minUpdateIntervalMs'],
  [{ burstSize: 1.5 }, 'burstSize'],
  [{ burstWindowMs: 0 }, 'burstWindowMs'],
  [{ frameBudgetMs: Number.POSITIVE_INFINITY }, 'frameBudgetMs'],
  [{ maxQueueSize: 0 }, 'maxQueueSize'],
  [{ maxUpdatesPerSec: 30 }, 'maxUpdatesPerSec'],
])('bad options %o are named', (config, option) => {
  const make = () => Reflect.construct(UpdateThrottler, [config]);
  expect(make).toThrow(ConfigError);
  expect(make).toThrow(option);
});

test.each([
  [[undefined], 'update'],
  [['render'], 'update'],
  [[() => 0, { priority: Number.NaN }], 'priority'],
  [[() => 0, { priority: 'high' }], 'priority'],
  [[() => 0, 5], 'options'],
  [[() => 0, null], 'options'],
])('a bad request %o is named, and what is queued stays', (args, name) => {
  const { clock, throttler } = setUp();
  let ran = false;
  throttler.requestUpdate(() => {
    ran = true;
  });
  const ask = () => Reflect.apply(throttler.requestUpdate, throttler, args);
  expect(ask).toThrow(ConfigError);
  expect(ask).toThrow(name);
  clock.advance(100);
  expect(ran).toBe(true);
  expect(throttler.stats.requested).toBe(1);
});

test('a bad configure() changes nothing', () => {
  const { clock, throttler } = setUp({ mode: 'fixed' });
  let ran = 0;
  throttler.requestUpdate(() => ran++);
  expect(() => throttler.configure({ maxUpdatesPerSecond: -5 })).toThrow(ConfigError);
  expect(throttler.config.maxUpdatesPerSecond).toBe(30);
  clock.advance(100);
  expect(ran).toBe(1);
});

test('the latest of a key wins, and unkeyed requests all run, in order', () => {
  const { clock, throttler } = setUp();
  const seen: string[] = [];
  for (const n of [1, 2, 3]) throttler.requestUpdate(() => seen.push(`key ${n}`), { key: 'k' });
  for (const n of [1, 2, 3]) throttler.requestUpdate(() => seen.push(`plain ${n}`));
  clock.advance(17);
  expect(seen).toEqual(['key 3', 'plain 1', 'plain 2', 'plain 3']);
  expect(throttler.stats).toMatchObject({ requested: 6, executed: 4, coalesced: 2, refreshes: 1, pending: 0 });
});

test('after a flood every key has run its last update within one interval', () => {
  const { clock, throttler } = setUp({ mode: 'fixed' });
  const shown = new Map<number, number>();
  for (let ms = 0; ms < 2_000; ms++) {
    for (let i = 0; i < 20; i++)
      throttler.requestUpdate(() => shown.set((ms * 20 + i) % 100, ms * 20 + i), { key: (ms * 20 + i) % 100 });
    clock.advance(1);
  }
  clock.advance(34);
  for (let key = 0; key < 100; key++) expect(shown.get(key)).toBe(39_900 + key);
});

test('higher priority first, then age', () => {
  const { clock, throttler } = setUp();
  const seen: string[] = [];
  throttler.requestUpdate(() => seen.push('low'), { priority: -1 });
  throttler.requestUpdate(() => seen.push('first'));
  throttler.requestUpdate(() => seen.push('high'), { priority: 5 });
  throttler.requestUpdate(() => seen.push('second'));
  clock.advance(17);
  expect(seen).toEqual(['high', 'first', 'second', 'low']);
});

test('low priority runs after 250 ms and the backlog of that moment, however much of high priority comes', () => {
  const { clock, throttler } = setUp({ mode: 'fixed', maxUpdatesPerSecond: 60, frameBudgetMs: 5 });
  let ranAt: number | undefined;
  throttler.requestUpdate(
    () => {
      ranAt = clock.now();
    },
    { priority: -100 },
  );
  let key = 0;
  while (clock.now() < 2_000 && ranAt === undefined) {
    for (let i = 0; i < 10; i++) throttler.requestUpdate(() => clock.spend(1), { priority: 10, key: key++ });
    clock.advance(17);
  }
  expect(ranAt).toBeGreaterThan(200);
  expect(ranAt).toBeLessThanOrEqual(250 + 2 * 17);
});

test('a drain stops at the budget and carries on in the next frame', () => {
  const { clock, throttler } = setUp({ mode: 'fixed', frameBudgetMs: 4 });
  const frames = new Map<number, number>();
  for (let i = 0; i < 10; i++) {
    throttler.requestUpdate(() => {
      const frame = Math.floor(clock.now() / clock.frameMs);
      frames.set(frame, (frames.get(frame) ?? 0) + 1);
      clock.spend(1);
    });
  }
  clock.advance(100);
  expect([...frames.values()]).toEqual([4, 4, 2]);
  expect(throttler.stats.refreshes).toBe(1);
});

test('an update that costs more than the budget still runs, one a frame', () => {
  const { clock, throttler } = setUp({ mode: 'fixed', frameBudgetMs: 4 });
  for (let i = 0; i < 3; i++) throttler.requestUpdate(() => clock.spend(10));
  clock.advance(60);
  expect(throttler.stats.executed).toBe(3);
});

test('an update that requests its own key runs again in the next refresh, not in this one', () => {
  const { clock, throttler } = setUp({ mode: 'fixed', maxUpdatesPerSecond: 10 });
  const at: number[] = [];
  const tick = () => {
    at.push(clock.now());
    if (at.length < 4) throttler.requestUpdate(tick, { key: 'tick' });
  };
  throttler.requestUpdate(tick, { key: 'tick' });
  clock.advance(1_000);
  expect(at).toHaveLength(4);
  for (let i = 1; i < at.length; i++) expect((at[i] ?? 0) - (at[i - 1] ?? 0)).toBeGreaterThanOrEqual(99);
});

test('a throwing or rejecting update is counted and told, and the rest runs', async () => {
  const { clock, throttler } = setUp();
  const causes: unknown[] = [];
  throttler.errors$.subscribe((error) => causes.push(error.cause));
  let ran = 0;
  throttler.requestUpdate(() => {
    throw new Error('sync');
  });
  throttler.requestUpdate(() => Promise.reject(new Error('async')));
  throttler.requestUpdate(() => ran++);
  clock.advance(50);
  await Promise.resolve();
  expect(ran).toBe(1);
  expect(throttler.stats.failed).toBe(2);
  expect(causes).toEqual([new Error('sync'), new Error('async')]);
});

test('a full queue refuses, and still takes newer updates of pending keys', () => {
  const { clock, throttler } = setUp({ maxQueueSize: 2 });
  const seen: string[] = [];
  expect(throttler.requestUpdate(() => seen.push('a1'), { key: 'a' })).toBe(true);
  expect(throttler.requestUpdate(() => seen.push('b1'), { key: 'b' })).toBe(true);
  expect(throttler.requestUpdate(() => seen.push('c1'), { key: 'c' })).toBe(false);
  expect(throttler.requestUpdate(() => seen.push('a2'), { key: 'a' })).toBe(true);
  clock.advance(50);
  expect(seen).toEqual(['a2', 'b1']);
  expect(throttler.stats).toMatchObject({ requested: 4, executed: 2, coalesced: 1, refused: 1 });
});

test('forceUpdate runs at once and takes the place of what is pending', () => {
  const { clock, throttler } = setUp();
  const seen: string[] = [];
  throttler.requestUpdate(() => seen.push('old'), { key: 'k' });
  expect(throttler.forceUpdate(() => seen.push('now'), { key: 'k' })).toBe(true);
  expect(seen).toEqual(['now']);
  clock.advance(100);
  expect(seen).toEqual(['now']);
  expect(
    throttler.forceUpdate(() => {
      throw new Error('no');
    }),
  ).toBe(false);
});

test('requests made while the rate holds the next refresh back count as throttled', () => {
  const { clock, throttler } = setUp({ mode: 'fixed', maxUpdatesPerSecond: 10 });
  throttler.requestUpdate(() => undefined);
  clock.advance(20);
  throttler.requestUpdate(() => undefined);
  expect(throttler.stats.throttled).toBe(1);
  clock.advance(500);
  throttler.requestUpdate(() => undefined);
  expect(throttler.stats).toMatchObject({ throttled: 1, executed: 2, pending: 1 });
});

test('a throttler with nothing to do asks for no frame', () => {
  const { clock, throttler } = setUp();
  expect(clock.waiting).toBe(0);
  throttler.requestUpdate(() => undefined);
  expect(clock.waiting).toBe(1);
  clock.advance(200);
  expect(clock.waiting).toBe(0);
});

test('stop() in the middle of a drain stops it; what is left runs after start()', () => {
  const { clock, throttler } = setUp();
  const seen: number[] = [];
  for (const n of [1, 2, 3]) {
    throttler.requestUpdate(() => {
      seen.push(n);
      if (n === 2) throttler.stop();
    });
  }
  clock.advance(500);
  expect(seen).toEqual([1, 2]);
  throttler.start();
  throttler.start();
  clock.advance(50);
  expect(seen).toEqual([1, 2, 3]);
});

test('the mode can be changed by an update, and from outside, with nothing lost', () => {
  const { clock, throttler } = setUp({ mode: 'fixed', maxUpdatesPerSecond: 1 });
  let ran = 0;
  throttler.requestUpdate(() => {
    ran++;
    throttler.setMode('burst');
  });
  throttler.requestUpdate(() => ran++);
  clock.advance(50);
  expect(ran).toBe(2);
  throttler.requestUpdate(() => ran++);
  throttler.setMode('adaptive');
  clock.advance(1_500);
  expect(ran).toBe(3);
});

test('dispose runs what is pending, then takes and runs nothing', () => {
  const { clock, throttler } = setUp();
  let ran = 0;
  let last: ThrottleStats | undefined;
  let completed = 0;
  throttler.stats$.subscribe({ next: (stats) => (last = stats), complete: () => completed++ });
  throttler.errors$.subscribe({ complete: () => completed++ });
  throttler.requestUpdate(() => ran++);
  Reflect.get(throttler, Symbol.dispose ?? Symbol.for('Symbol.dispose')).call(throttler);
  expect(ran).toBe(1);
  expect(last).toMatchObject({ executed: 1 });
  expect(completed).toBe(2);
  expect(throttler.requestUpdate(() => ran++)).toBe(false);
  expect(throttler.forceUpdate(() => ran++)).toBe(false);
  throttler.start();
  clock.advance(500);
  expect(ran).toBe(1);
  expect(clock.waiting).toBe(0);
});

test('a hidden page is served by a timer, and by frames again when it is back', () => {
  const { clock, throttler } = setUp();
  let ran = 0;
  throttler.requestUpdate(() => ran++);
  clock.setVisible(false);
  clock.advance(120);
  expect(ran).toBe(1);
  throttler.requestUpdate(() => ran++);
  clock.setVisible(true);
  clock.advance(60);
  expect(ran).toBe(2);
});

test.each([60, 144])('adaptive mode goes up to the display rate of %i Hz, and no further', (hz) => {
  const { clock, throttler } = setUp({ maxUpdatesPerSecond: 1_000 }, hz);
  for (let i = 0; i < 5_000; i++) {
    throttler.requestUpdate(() => undefined, { key: 'k' });
    clock.advance(1);
  }
  expect(throttler.stats.rateLimit).toBeCloseTo(hz, 0);
  expect(throttler.stats.refreshes / 5).toBeGreaterThan(hz * 0.97);
  expect(throttler.stats.refreshes / 5).toBeLessThanOrEqual(hz + 1);
});

test('adaptive mode gives way under load and comes back when it is over', () => {
  const { clock, throttler } = setUp({ maxUpdatesPerSecond: 60 });
  const flood = (ms: number, costMs: number) => {
    for (let t = 0; t < ms; t += 5) {
      throttler.requestUpdate(() => clock.spend(costMs), { key: 'k' });
      clock.advance(5);
    }
  };
  flood(1_000, 0);
  flood(4_000, 40);
  const loaded = throttler.stats.rateLimit;
  expect(loaded).toBeLessThan(30);
  expect(loaded).toBeGreaterThanOrEqual(5);
  flood(8_000, 0);
  expect(throttler.stats.rateLimit).toBeGreaterThan(50);
});
