/** The result of a Mann–Kendall test for a rising trend. */
export interface MannKendall {
  /** Pairs that rise less pairs that fall. */
  readonly s: number;
  /** The variance of S, corrected for ties. */
  readonly variance: number;
  /** The standard score of S with the continuity correction; 0 where all values are equal. */
  readonly z: number;
  /** How likely values without a trend give an S as large as this one (one-sided). */
  readonly p: number;
}

/** Below this many values the normal approximation is poor, and p is counted out (Gilbert 1987, 16.4.1: up to 40). */
const EXACT_BELOW = 11;

/**
 * Mann–Kendall test for a monotonic trend upwards (Mann 1945; Kendall 1975), as given by Gilbert, "Statistical Methods
 * for Environmental Pollution Monitoring" (1987), 16.4. p is exact for up to ten values without ties.
 */
export function mannKendall(values: readonly number[]): MannKendall {
  const n = values.length;
  let s = 0;
  for (const [i, earlier] of values.entries()) {
    for (let j = i + 1; j < n; j++) s += Math.sign((values[j] ?? 0) - earlier);
  }
  const ties = tiedGroups(values);
  const term = (t: number) => t * (t - 1) * (2 * t + 5);
  const variance = (term(n) - ties.reduce((sum, t) => sum + term(t), 0)) / 18;
  const z = variance > 0 ? (s - Math.sign(s)) / Math.sqrt(variance) : 0;
  const p = n < EXACT_BELOW && ties.length === 0 ? exactP(n, s) : upperTail(z);
  return { s, variance, z, p };
}

/** The sizes of the groups of equal values. */
function tiedGroups(values: readonly number[]): number[] {
  const sizes = new Map<number, number>();
  for (const value of values) sizes.set(value, (sizes.get(value) ?? 0) + 1);
  return [...sizes.values()].filter((size) => size > 1);
}

/** The share of the orders of n different values whose S is at least this: those with few enough pairs that fall. */
function exactP(n: number, s: number): number {
  const mostFalling = ((n * (n - 1)) / 2 - s) / 2;
  // Orders of k values by their number of falling pairs; the k-th value can be put behind 0 to k - 1 larger ones.
  let orders = [1];
  for (let k = 2; k <= n; k++) {
    const next = Array.from({ length: orders.length + k - 1 }, () => 0);
    for (const [falling, count] of orders.entries()) {
      for (let more = 0; more < k; more++) next[falling + more] = (next[falling + more] ?? 0) + count;
    }
    orders = next;
  }
  const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
  return sum(orders.slice(0, mostFalling + 1)) / sum(orders);
}

/** P(Z >= z) of the normal distribution, to 7.5e-8 (Abramowitz & Stegun 26.2.17). */
function upperTail(z: number): number {
  const x = Math.abs(z);
  const t = 1 / (1 + 0.2316419 * x);
  const polynomial = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
  return z >= 0 ? tail : 1 - tail;
}
