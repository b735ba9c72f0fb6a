import type { EpochMs } from '../core/units.js';
import { rangeOf } from './pack-buffer.js';

/** Some rows of a pack, in an order. */
export interface Rows {
  readonly count: number;
  readonly rowAt: (at: number) => number;
}

/** The rows of the query's time in its order; rows of one time stay in the order in which they were added. */
export function rowsInOrder(times: Float64Array, since: EpochMs, until: EpochMs, sign: 1 | -1): Rows {
  if (isSorted(times)) {
    // Most packs are: nothing is made of them, row by row, of which a few may be read.
    const from = firstFrom(times, since);
    const count = Math.max(0, firstFrom(times, until, true) - from);
    return { count, rowAt: sign > 0 ? (at) => from + at : (at) => from + count - 1 - at };
  }
  const rows: number[] = [];
  for (let row = 0; row < times.length; row++) {
    const time = times[row] ?? 0;
    if (time >= since && time <= until) rows.push(row);
  }
  sortByTime(rows, times);
  if (sign < 0) rows.reverse();
  return { count: rows.length, rowAt: (at) => rows[at] ?? 0 };
}

function isSorted(times: Float64Array): boolean {
  let last = Number.NEGATIVE_INFINITY;
  for (const time of times) {
    if (time < last) return false;
    last = time;
  }
  return true;
}

/** The first row of sorted times that is of a time or later; with `after`, later. */
function firstFrom(times: Float64Array, time: EpochMs, after = false): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = times[middle] ?? 0;
    if (value < time || (after && value === time)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Sorts rows by time and place. Where a number can say both, no comparing function need be called, thousands of times. */
function sortByTime(rows: number[], times: Float64Array): void {
  const { since, until } = rangeOf(times);
  const count = times.length;
  const exact = (until - since + 1) * count <= Number.MAX_SAFE_INTEGER && times.every(Number.isInteger);
  if (!exact) {
    rows.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
    return;
  }
  const keys = new Float64Array(rows.length);
  for (let at = 0; at < keys.length; at++) keys[at] = ((times[rows[at] ?? 0] ?? 0) - since) * count + (rows[at] ?? 0);
  keys.sort();
  for (let at = 0; at < keys.length; at++) rows[at] = (keys[at] ?? 0) % count;
}
