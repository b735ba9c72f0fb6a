import { type ThrottleConfig, UpdateThrottler } from '../../../src/throttle/index.js';
import type { Grid } from '../grid.js';
import type { FloodVariant } from '../run-flood.js';

/** One throttler for the grid, the cell as the key. */
export function poise(grid: Grid, config: ThrottleConfig = {}): FloodVariant {
  grid.attachCells();
  const throttler = new UpdateThrottler(config);
  throttler.start();
  return {
    update: (cell, sequence) => throttler.requestUpdate(() => grid.write(cell, sequence), { key: cell }),
    stop: () => throttler.stop(),
  };
}
