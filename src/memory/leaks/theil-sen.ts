/** A point of a series. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The line through a series that outliers don't bend. */
export interface Line {
  readonly slope: number;
  readonly intercept: number;
}

/**
 * The Theil–Sen line (Theil 1950; Sen 1968): the median of the slopes of all pairs, and the median of what is left as its
 * intercept. Undefined where no two points differ in x.
 */
export function theilSen(points: readonly Point[]): Line | undefined {
  const slopes: number[] = [];
  for (const [i, a] of points.entries()) {
    for (const b of points.slice(i + 1)) if (b.x !== a.x) slopes.push((b.y - a.y) / (b.x - a.x));
  }
  const slope = median(slopes);
  if (slope === undefined) return undefined;
  const intercept = median(points.map(({ x, y }) => y - slope * x)) ?? 0;
  return { slope, intercept };
}

/** Undefined where there are none. */
export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}

/** The share of the variation in y that a line explains, 0 to 1. */
export function explained(points: readonly Point[], { slope, intercept }: Line): number {
  const mean = points.reduce((sum, { y }) => sum + y, 0) / points.length;
  const total = points.reduce((sum, { y }) => sum + (y - mean) ** 2, 0);
  const left = points.reduce((sum, { x, y }) => sum + (y - slope * x - intercept) ** 2, 0);
  return total > 0 ? Math.max(0, 1 - left / total) : 0;
}
