import { expect, test } from 'vitest';
import { DisplayRate } from '../../src/collect/display-rate.js';

function feed(rate: DisplayRate, intervals: Iterable<number>): number {
  for (const interval of intervals) rate.record(interval);
  return rate.intervalMs ?? Number.NaN;
}

const repeat = (count: number, at: (i: number) => number) => Array.from({ length: count }, (_, i) => at(i));

test('it is not known before enough frames were seen', () => {
  expect(
    feed(
      new DisplayRate(),
      repeat(23, () => 16.7),
    ),
  ).toBeNaN();
});

test.each([60, 90, 120, 144])('a display of %i Hz is found, with jitter', (hz) => {
  const interval = 1_000 / hz;
  const found = feed(
    new DisplayRate(),
    repeat(96, (i) => interval + Math.sin(i) * 0.3),
  );
  expect(Math.abs(found - interval)).toBeLessThan(0.4);
});

test('load, which makes frames longer, does not make the display slower', () => {
  const found = feed(
    new DisplayRate(),
    repeat(240, (i) => (i % 3 === 0 ? 16.67 : 33.34)),
  );
  expect(found).toBeCloseTo(16.67, 1);
});

test('after a move to a slower display the estimate follows; after one to a faster at once', () => {
  const rate = new DisplayRate();
  feed(
    rate,
    repeat(48, () => 6.94),
  );
  expect(
    feed(
      rate,
      repeat(24 * 30, () => 16.67),
    ),
  ).toBeCloseTo(16.67, 1);
  expect(
    feed(
      rate,
      repeat(24, () => 6.94),
    ),
  ).toBeCloseTo(6.94, 1);
});

test('pauses and two callbacks in one frame are left out', () => {
  expect(
    feed(
      new DisplayRate(),
      repeat(100, (i) => (i % 2 === 0 ? 0.1 : 5_000)),
    ),
  ).toBeNaN();
});
