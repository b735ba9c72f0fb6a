import { expect, test } from 'vitest';
import { KnownDisplay } from '../../src/collect/known-display.js';

function feed(display: KnownDisplay, count: number, ms: number, free: boolean): number {
  for (let i = 0; i < count; i++) display.record(ms, free);
  return display.intervalMs ?? Number.NaN;
}

test('a page that is a frame late each time is not taken for a slow display, neither from the start nor later', () => {
  const display = new KnownDisplay();
  expect(feed(display, 24 * 60, 33.33, false)).toBeNaN();
  expect(feed(display, 24, 16.67, true)).toBeCloseTo(16.67, 2);
  expect(feed(display, 24 * 60, 33.33, false)).toBeCloseTo(16.67, 2);
});

test('a slower display is found once the main thread was free, and a faster one at once', () => {
  const display = new KnownDisplay();
  expect(feed(display, 24, 6.94, true)).toBeCloseTo(6.94, 2);
  expect(feed(display, 24, 16.67, true)).toBeCloseTo(16.67, 2);
  expect(feed(display, 24, 6.94, true)).toBeCloseTo(6.94, 2);
});

test('late frames now and then, with a free main thread, change nothing', () => {
  const display = new KnownDisplay();
  feed(display, 24, 16.67, true);
  for (let i = 0; i < 500; i++) {
    feed(display, 3, 16.67, true);
    feed(display, 2, 50, true);
  }
  expect(display.intervalMs).toBeCloseTo(16.67, 2);
});

test('it asks whether the main thread was free only while that matters', () => {
  const display = new KnownDisplay();
  expect(display.isUnsure).toBe(true);
  feed(display, 24, 16.67, true);
  expect(display.isUnsure).toBe(false);
  display.record(33.33, false);
  expect(display.isUnsure).toBe(true);
  display.record(16.67, false);
  expect(display.isUnsure).toBe(false);
});

test('pauses do not make a display', () => {
  const display = new KnownDisplay();
  expect(feed(display, 200, 5_000, true)).toBeNaN();
  feed(display, 24, 16.67, true);
  expect(feed(display, 200, 5_000, true)).toBeCloseTo(16.67, 2);
});

test('a busy machine, where every third answer says that the main thread was free, does not hide the display', () => {
  const display = new KnownDisplay();
  for (let i = 0; i < 40; i++) display.record(16.67, i % 3 === 0);
  expect(display.intervalMs).toBeCloseTo(16.67, 2);
});

test('a loaded page that seems free now and then is not taken for a slow display', () => {
  const display = new KnownDisplay();
  for (let i = 0; i < 1_000; i++) display.record(33.33, i % 6 === 0);
  expect(display.intervalMs).toBeUndefined();
});
