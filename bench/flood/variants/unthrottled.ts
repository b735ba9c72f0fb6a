import type { Grid } from '../grid.js';
import type { FloodVariant } from '../run-flood.js';

/** Every update is written as it arrives. */
export function unthrottled(grid: Grid): FloodVariant {
  grid.attachCells();
  return { update: (cell, sequence) => grid.write(cell, sequence), stop: () => undefined };
}
