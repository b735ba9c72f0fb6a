import { mannKendall } from './mann-kendall.js';
import { explained, type Point, theilSen } from './theil-sen.js';

/** What a growth must be to count. */
export interface GrowthLimits {
  /** The least that the series spans, in units of x. */
  readonly minSpan: number;
  /** The least that it grew, in units of y. */
  readonly minIncrease: number;
  /** The least that it grows for each unit of x. */
  readonly minRate: number;
}

/** A growth that has not slowed down. */
export interface SteadyGrowth {
  /** By the Theil–Sen line, for each unit of x. */
  readonly rate: number;
  /** Where it began. */
  readonly from: Point;
  /** How sure, 0 to 1: how unlikely chance is, times how much of the course a steady growth explains. */
  readonly confidence: number;
}

/** How strict the test is by the number of points: few points must lie all but on a line. */
interface Strictness {
  readonly points: number;
  readonly p: number;
  readonly explained: number;
}

/** The whole of a short series is judged, then the newest 8, 16, … points: each look is one more chance to be wrong. */
const STRICTNESS: readonly Strictness[] = [
  { points: 4, p: 0.05, explained: 0.97 },
  { points: 5, p: 0.01, explained: 0.95 },
  { points: 6, p: 0.01, explained: 0.92 },
  { points: 8, p: 0.001, explained: 0.88 },
  { points: 16, p: 0.0001, explained: 0.8 },
  { points: 32, p: 0.00001, explained: 0.7 },
];

/** From here on it is the newest points that are judged. */
const LONG = 8;

/** What fills and then stays slows down: its last third grows less than this share of its first third. */
const LEAST_LAST_THIRD = 0.6;
/** No third may hold less than this share of an even one: a single step is no steady growth. */
const LEAST_THIRD = 0.4;

/** Judges a series of lows, oldest first. Undefined where nothing grows steadily, or too little is known. */
export function findSteadyGrowth(points: readonly Point[], limits: GrowthLimits): SteadyGrowth | undefined {
  const fitting = STRICTNESS.filter((strictness) => strictness.points <= points.length);
  const looks = points.length < LONG ? fitting.slice(-1) : fitting.filter((strictness) => strictness.points >= LONG);
  for (const strictness of looks) {
    const window = points.length < LONG ? points : points.slice(-strictness.points);
    const growth = judge(window, limits, strictness);
    if (growth) return growth;
  }
  return undefined;
}

function judge(points: readonly Point[], limits: GrowthLimits, strictness: Strictness): SteadyGrowth | undefined {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || last.x - first.x < limits.minSpan || last.y - first.y < limits.minIncrease) return undefined;
  const line = theilSen(points);
  if (!line || line.slope < limits.minRate || !isEven(points, first, last)) return undefined;
  const { p } = mannKendall(points.map(({ y }) => y));
  const share = explained(points, line);
  if (p > strictness.p || share < strictness.explained) return undefined;
  return { rate: line.slope, from: first, confidence: (1 - p) * share };
}

/** Whether a course is still rising as it did, and in no single step. */
function isEven(points: readonly Point[], first: Point, last: Point): boolean {
  const third = (last.x - first.x) / 3;
  const [a, b] = [valueAt(points, first.x + third), valueAt(points, last.x - third)];
  const thirds = [a - first.y, b - a, last.y - b] as const;
  const even = (last.y - first.y) / 3;
  return thirds.every((rise) => rise >= LEAST_THIRD * even) && thirds[2] >= LEAST_LAST_THIRD * thirds[0];
}

/** Between two points, on the straight line from one to the other. */
function valueAt(points: readonly Point[], x: number): number {
  const next = points.findIndex((point) => point.x >= x);
  const [before, after] = [points[next - 1], points[next]];
  if (!after) return points.at(-1)?.y ?? 0;
  if (!before || after.x === before.x) return after.y;
  return before.y + ((after.y - before.y) * (x - before.x)) / (after.x - before.x);
}
