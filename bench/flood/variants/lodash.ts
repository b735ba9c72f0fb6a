import throttle from 'lodash/throttle.js';
import type { Grid } from '../grid.js';
import type { FloodVariant } from '../run-flood.js';

/** A throttled function for each cell. */
export function lodashThrottle(grid: Grid, waitMs: number): FloodVariant {
  grid.attachCells();
  const throttled = Array.from({ length: grid.size }, (_, cell) =>
    throttle((sequence: number) => grid.write(cell, sequence), waitMs),
  );
  return {
    update: (cell, sequence) => throttled[cell]?.(sequence),
    stop: () => {
      for (const each of throttled) each.cancel();
    },
  };
}
