import { Throttler } from '@tanstack/pacer/throttler';
import type { Grid } from '../grid.js';
import type { FloodVariant } from '../run-flood.js';

/** A Throttler for each cell. */
export function pacerThrottler(grid: Grid, waitMs: number): FloodVariant {
  grid.attachCells();
  const throttlers = Array.from(
    { length: grid.size },
    (_, cell) => new Throttler((sequence: number) => grid.write(cell, sequence), { wait: waitMs }),
  );
  return {
    update: (cell, sequence) => throttlers[cell]?.maybeExecute(sequence),
    stop: () => {
      for (const each of throttlers) each.cancel();
    },
  };
}
