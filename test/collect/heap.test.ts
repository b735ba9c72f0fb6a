import { Subject } from 'rxjs';
import { expect, test } from 'vitest';
import { heapSource, observeHeap } from '../../src/collect/index.js';
import { detectEnvironment, type Environment, type HeapReading } from '../../src/core/index.js';
import { VirtualClock } from '../support/virtual-clock.js';

const real = detectEnvironment();
const isChromium = real.performance?.memory !== undefined;

/** A page with this to read; the virtual clock's document can be hidden. */
function watch(features: Partial<Environment>, options: Parameters<typeof observeHeap>[0] = {}) {
  const clock = new VirtualClock();
  const environment = { ...clock.environment, ...features };
  const readings: HeapReading[] = [];
  let completed = false;
  const subscription = observeHeap({ clock, environment, ...options }).subscribe({
    next: (reading) => readings.push(reading),
    complete: () => {
      completed = true;
    },
  });
  return { clock, readings, completed: () => completed, stop: () => subscription.unsubscribe() };
}

/** Lets promises that have settled be heard. */
const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

const NO_FIGURES: Partial<Environment> = { performance: undefined, crossOriginIsolated: false };

test('the real figure of this engine, or none', async () => {
  const first = new Promise<HeapReading | undefined>((resolve) => {
    const subscription = observeHeap().subscribe({
      next: (reading) => {
        resolve(reading);
        subscription.unsubscribe();
      },
    });
    if (heapSource(real) === undefined) {
      resolve(undefined);
      subscription.unsubscribe();
    }
  });
  const reading = await first;
  if (isChromium) {
    expect(reading?.source).toBe('user-agent-specific-memory');
    expect(reading?.usedBytes).toBeGreaterThan(100_000);
    expect(Object.values(reading?.breakdown ?? {}).reduce((a, b) => a + b, 0)).toBe(reading?.usedBytes);
  } else {
    expect(heapSource(real)).toBeUndefined();
    expect(reading).toBeUndefined();
  }
});

test.runIf(isChromium)('performance.memory where the page is not isolated, every interval', () => {
  const { clock, readings, stop } = watch({ crossOriginIsolated: false }, { intervalMs: 500 });
  clock.advance(2_000);
  expect(readings).toHaveLength(5);
  for (const { source, usedBytes, limitBytes, breakdown } of readings) {
    expect(source).toBe('performance-memory');
    expect(usedBytes).toBeGreaterThan(100_000);
    expect(limitBytes).toBeGreaterThan(usedBytes);
    expect(breakdown).toBeUndefined();
  }
  stop();
  expect(clock.waiting).toBe(0);
});

test('where the browser tells nothing, only what is tracked, and nothing where nothing is', () => {
  const tracked = watch(NO_FIGURES, { tracked: () => 1_234 });
  tracked.clock.advance(1_000);
  expect(tracked.readings.map(({ source, usedBytes }) => [source, usedBytes])).toEqual([
    ['tracked', 1_234],
    ['tracked', 1_234],
  ]);
  tracked.stop();
  const nothing = watch(NO_FIGURES);
  nothing.clock.advance(10_000);
  expect(nothing.readings).toEqual([]);
  nothing.stop();
});

test('nothing is read while the page is hidden', () => {
  const { clock, readings, stop } = watch(NO_FIGURES, { tracked: () => 1 });
  clock.setVisible(false);
  const before = readings.length;
  expect(clock.waiting).toBe(0);
  clock.advance(60_000);
  expect(readings).toHaveLength(before);
  clock.setVisible(true);
  expect(readings).toHaveLength(before + 1);
  stop();
});

test('a reading is made as well when it is asked for', () => {
  const readNow$ = new Subject<void>();
  const { readings, stop } = watch(NO_FIGURES, { tracked: () => 1, readNow$ });
  readNow$.next();
  expect(readings).toHaveLength(2);
  stop();
  readNow$.next();
  expect(readings).toHaveLength(2);
});

test('where it does not poll, no timer runs: a reading is made at first, when it is asked for and when the page is shown', () => {
  const readNow$ = new Subject<void>();
  const { clock, readings, stop } = watch(NO_FIGURES, { tracked: () => 1, polls: false, readNow$ });
  expect(clock.waiting).toBe(0);
  clock.advance(60_000);
  readNow$.next();
  clock.setVisible(false);
  readNow$.next();
  clock.advance(1_000);
  clock.setVisible(true);
  expect(readings.map(({ time }) => time)).toEqual([0, 60_000, 61_000]);
  stop();
});

test('where it does not poll, what the user agent measures is asked for by others, with its rest in between', async () => {
  const readNow$ = new Subject<void>();
  let asked = 0;
  const performance = Object.create(globalThis.performance, {
    measureUserAgentSpecificMemory: {
      value: () => {
        asked++;
        return Promise.resolve({ bytes: asked, breakdown: [] });
      },
    },
  });
  const isolated = { crossOriginIsolated: true, performance };
  const { clock, readings, stop } = watch(isolated, { polls: false, readNow$ });
  readNow$.next();
  await turn();
  expect(clock.waiting).toBe(0);
  clock.advance(14_000);
  readNow$.next();
  expect(asked).toBe(1);
  clock.advance(17_000);
  readNow$.next();
  readNow$.next();
  await turn();
  expect(readings.map(({ time, usedBytes }) => [time, usedBytes])).toEqual([
    [0, 1],
    [31_000, 2],
  ]);
  stop();
  expect(clock.waiting).toBe(0);
});

test('a measurement is not asked for again before it has answered, not even after hiding and a second subscription', async () => {
  const clock = new VirtualClock();
  const answers: ((bytes: number) => void)[] = [];
  const measureUserAgentSpecificMemory = () =>
    new Promise<{ bytes: number; breakdown: { bytes: number; types: string[] }[] }>((resolve) => {
      answers.push((bytes) => resolve({ bytes, breakdown: [{ bytes, types: ['JavaScript'] }] }));
    });
  const performance = Object.create(globalThis.performance, {
    measureUserAgentSpecificMemory: { value: measureUserAgentSpecificMemory },
  });
  const heap$ = observeHeap({
    clock,
    environment: { ...clock.environment, crossOriginIsolated: true, performance },
  });
  const readings: HeapReading[] = [];
  heap$.subscribe().unsubscribe();
  const subscription = heap$.subscribe((reading) => readings.push(reading));
  clock.advance(15_000);
  clock.setVisible(false);
  clock.setVisible(true);
  clock.advance(1_000);
  expect(answers).toHaveLength(1);
  answers[0]?.(5_000);
  await turn();
  expect(readings).toEqual([
    { time: 16_000, usedBytes: 5_000, source: 'user-agent-specific-memory', breakdown: { JavaScript: 5_000 } },
  ]);
  clock.advance(60_000);
  expect(answers).toHaveLength(2);
  subscription.unsubscribe();
  expect(clock.waiting).toBe(0);
});

test('a measurement that the browser refuses is left out, and no other figure takes its place', async () => {
  const clock = new VirtualClock();
  let asked = 0;
  const performance = Object.create(globalThis.performance, {
    memory: { value: { usedJSHeapSize: 1, jsHeapSizeLimit: 2 } },
    measureUserAgentSpecificMemory: {
      value: () => {
        asked++;
        return Promise.reject(new DOMException('refused', 'SecurityError'));
      },
    },
  });
  const readings: HeapReading[] = [];
  const subscription = observeHeap({
    clock,
    environment: { ...clock.environment, crossOriginIsolated: true, performance },
  }).subscribe((reading) => readings.push(reading));
  await turn();
  clock.advance(60_000);
  expect(asked).toBe(2);
  expect(readings).toEqual([]);
  subscription.unsubscribe();
});
