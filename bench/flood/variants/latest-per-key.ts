import type { Grid } from '../grid.js';
import type { FloodVariant } from '../run-flood.js';

/** What many apps write by hand: a Map of the newest update by cell, written out on a frame, at most every `intervalMs`. */
export function latestPerKey(grid: Grid, intervalMs: number): FloodVariant {
  grid.attachCells();
  const newest = new Map<number, number>();
  let last = Number.NEGATIVE_INFINITY;
  let handle = requestAnimationFrame(onFrame);
  function onFrame(time: number): void {
    handle = requestAnimationFrame(onFrame);
    // Frame times jitter by fractions of a millisecond around the display's interval.
    if (time - last < intervalMs - 1) return;
    last = time;
    for (const [cell, sequence] of newest) grid.write(cell, sequence);
    newest.clear();
  }
  return { update: (cell, sequence) => newest.set(cell, sequence), stop: () => cancelAnimationFrame(handle) };
}
