import { expect, test } from 'vitest';
import { theilSen } from '../../../src/memory/index.js';
import { fc } from '../../support/properties.js';

const points = (xs: readonly number[], ys: readonly number[]) => xs.map((x, at) => ({ x, y: ys[at] ?? Number.NaN }));

test('the example of Sen (1968): slope 4', () => {
  // Also in the tests of scipy.stats.theilslopes (slope 4) and of R's deming::thielsen (intercept 6, slope 4).
  expect(theilSen(points([1, 2, 3, 4, 10, 12, 18], [9, 15, 19, 20, 45, 55, 78]))).toEqual({ slope: 4, intercept: 6 });
});

test('[0, 1, 1], as in the tests of scipy: slope 0.5, joint intercept 0', () => {
  expect(theilSen(points([0, 1, 2], [0, 1, 1]))).toEqual({ slope: 0.5, intercept: 0 });
});

test('there is no line through one point, or through points above each other', () => {
  expect(theilSen([])).toBeUndefined();
  expect(theilSen(points([1], [1]))).toBeUndefined();
  expect(theilSen(points([2, 2, 2], [1, 2, 3]))).toBeUndefined();
});

test('points on a line give the line, and a fifth of outliers does not bend it', async () => {
  await fc.assert(
    fc.property(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }), (slope, intercept) => {
      const xs = Array.from({ length: 15 }, (_, n) => n);
      const straight = points(
        xs,
        xs.map((x) => intercept + slope * x),
      );
      const line = theilSen(straight);
      expect(line?.slope).toBeCloseTo(slope, 9);
      expect(line?.intercept).toBeCloseTo(intercept, 9);
      const bent = straight.map((point) => (point.x % 7 === 3 ? { ...point, y: point.y + 10_000 } : point));
      expect(theilSen(bent)?.slope).toBeCloseTo(slope, 9);
    }),
  );
});
