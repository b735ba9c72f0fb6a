import { expect, test } from 'vitest';
import { mannKendall } from '../../../src/memory/index.js';
import { fc } from '../../support/properties.js';

/** All orders of n values. */
function orders(n: number): number[][] {
  if (n === 0) return [[]];
  return orders(n - 1).flatMap((rest) =>
    Array.from({ length: n }, (_, at) => [...rest.slice(0, at), n, ...rest.slice(at)]),
  );
}

/** An order of n values with this S: the highest value moved forward until enough pairs fall. */
function orderWith(n: number, s: number): number[] {
  const found = orders(n).find((order) => mannKendall(order).s === s);
  if (!found) throw new Error(`no order of ${n} values has S = ${s}`);
  return found;
}

// Gilbert (1987), table A18, "Probabilities for the Mann-Kendall Nonparametric Test for Trend" (n = 4, 5, 6, 7), as printed.
test.each([
  [4, 0, 0.625],
  [4, 2, 0.375],
  [4, 4, 0.167],
  [4, 6, 0.042],
  [5, 0, 0.592],
  [5, 2, 0.408],
  [5, 4, 0.242],
  [5, 6, 0.117],
  [5, 8, 0.042],
  [5, 10, 0.0083],
  [6, 1, 0.5],
  [6, 7, 0.136],
  [6, 11, 0.028],
  [6, 13, 0.0083],
  [6, 15, 0.0014],
  [7, 11, 0.068],
  [7, 17, 0.0054],
  [7, 19, 0.0014],
  [7, 21, 0.0002],
])('p is that of the published table: n = %d, S = %d', (n, s, p) => {
  const digits = p < 0.01 ? 4 : 3;
  expect(mannKendall(orderWith(n, s)).p).toBeCloseTo(p, digits);
});

test('the example of Gilbert (1987), 16.4.1: 10, 15, 14, 20', () => {
  const { s, p } = mannKendall([10, 15, 14, 20]);
  expect(s).toBe(4);
  expect(p).toBeCloseTo(0.167, 3);
});

test('ties correct the variance: 23 twice, 24 and 29 three times', () => {
  // Gilbert (1987), 16.4.2: g = 3 tied groups of 2, 3 and 3, so (9*8*23 - 2*1*9 - 3*2*11 - 3*2*11) / 18 = 83.67.
  // Python: S = sum((b > a) - (b < a) for a, b in combinations(x, 2)) = 3, Z = (3 - 1) / sqrt(83.67) = 0.21865.
  const { s, variance, z, p } = mannKendall([23, 24, 29, 6, 29, 24, 24, 29, 23]);
  expect(s).toBe(3);
  expect(variance).toBeCloseTo(83.6667, 4);
  expect(z).toBeCloseTo(0.218652, 6);
  // 0.5 * erfc(z / sqrt(2)); not exact, as there are ties.
  expect(p).toBeCloseTo(0.413461, 6);
});

test('1 to 100, as in the tests of MannKendall.jl: S 4950, variance 112750, Z 14.73869998208331', () => {
  const { s, variance, z, p } = mannKendall(Array.from({ length: 100 }, (_, n) => n + 1));
  expect(s).toBe(4950);
  expect(variance).toBe(112750);
  expect(z).toBeCloseTo(14.73869998208331, 12);
  expect(p).toBeLessThan(1e-40);
});

test("the Nile's flow (R's data set, with ties): S -1387, tau -0.28, two-sided p 3.66e-5", () => {
  const { s, variance, z, p } = mannKendall(NILE);
  expect(s).toBe(-1387);
  // Python, as above: variance 112728.33, Z -4.1280665, P(Z >= z) = 0.99998171.
  expect(variance).toBeCloseTo(112728.3333, 3);
  expect(z).toBeCloseTo(-4.1280665, 6);
  expect((1 - p) * 2).toBeCloseTo(3.6587e-5, 7);
});

test.each([[[]], [[1]], [[5, 5, 5, 5]]])('nothing to tell in %j', (values) => {
  expect(mannKendall(values)).toMatchObject({ s: 0, z: 0 });
  expect(mannKendall(values).p).toBeGreaterThan(0.499);
});

test('turned around, S is the opposite; p never leaves 0 to 1', async () => {
  await fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 40 }), (values) => {
      const forward = mannKendall(values);
      expect(mannKendall([...values].reverse()).s + forward.s).toBe(0);
      expect(forward.p).toBeGreaterThanOrEqual(0);
      expect(forward.p).toBeLessThanOrEqual(1);
    }),
  );
});

/** Annual flow at Aswan, 1871 to 1970 (Durbin & Koopman 2001; `datasets::Nile` of R). */
const NILE = [
  1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140, 1100,
  1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969, 831, 726, 456,
  824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865, 845, 944, 984, 897,
  822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050, 918, 986, 797, 923, 975,
  815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740,
];
