import { expect, test } from 'vitest';
import { GrowthWatch } from '../../../src/memory/leaks/growth-watch.js';

const MB = 1_048_576;
const LIMITS = { minSpan: 130_000, minIncrease: MB, minRate: (10 * MB) / 3_600_000 };

/** Feeds a course, a low every 40 s or so. Answers with the seconds at which it grew. */
function grewAt(course: (second: number) => number, seconds = 900, watch = new GrowthWatch(LIMITS)): number[] {
  const grew: number[] = [];
  for (let second = 0, n = 0; second <= seconds; second += 32 + ((n++ * 7) % 16)) {
    watch.add(second * 1_000, second * 1_000, course(second) * MB);
    if (watch.growth) grew.push(second);
  }
  return grew;
}

test('a megabyte a minute is found within three minutes, with its rate', () => {
  const watch = new GrowthWatch(LIMITS);
  const grew = grewAt((second) => 20 + second / 60, 400, watch);
  expect(grew[0]).toBeLessThanOrEqual(180);
  expect((watch.growth?.rate ?? 0) * 60_000).toBeCloseTo(MB, 0);
  expect(watch.growth?.durationMs).toBe((grew.at(-1) ?? 0) * 1_000);
  expect(watch.growth?.confidence).toBeGreaterThan(0.9);
});

test('an outlier does not hide a growth for long', () => {
  expect(grewAt((second) => second / 30 + (second === 0 ? 5 : 0)).length).toBeGreaterThan(0);
});

test.each<[string, (second: number) => number]>([
  ['nothing', () => 20],
  ['a step', (second) => (second < 100 ? 10 : 60)],
  ['a start-up', (second) => Math.min(second, 90) / 5],
  ['a cache that fills', (second) => 30 * (1 - Math.exp(-second / 45))],
  ['a burst', (second) => (second > 60 && second < 130 ? 40 : 10)],
  ['a shrinking heap', (second) => 100 - second / 20],
  ['less than counts', (second) => 20 + second / 900],
])('%s is no growth', (_name, course) => {
  expect(grewAt(course)).toEqual([]);
});

test('a growth ends when it stands still, and one of later is a new one', () => {
  const watch = new GrowthWatch(LIMITS);
  const course = (second: number) => (second < 400 ? second / 30 : second < 1_000 ? 400 / 30 : (second - 600) / 30);
  const grew = grewAt(course, 1_800, watch);
  expect(grew.some((second) => second < 400)).toBe(true);
  expect(grew.some((second) => second > 600 && second < 1_000)).toBe(false);
  expect(grew.some((second) => second > 1_200)).toBe(true);
});

test('a growth ends at once when most of it is given back', () => {
  const watch = new GrowthWatch(LIMITS);
  const grew = grewAt((second) => (second < 400 ? second / 30 : 1), 450, watch);
  expect(grew.length).toBeGreaterThan(0);
  expect(watch.growth).toBeUndefined();
});

test('collections that follow each other closely count once', () => {
  const watch = new GrowthWatch(LIMITS);
  for (let n = 0; n < 100; n++) watch.add(n * 100, n * 100, n * MB);
  expect(watch.growth).toBeUndefined();
});
