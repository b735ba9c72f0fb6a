import {
  animationFrameScheduler,
  asyncScheduler,
  auditTime,
  groupBy,
  type MonoTypeOperatorFunction,
  mergeMap,
  Subject,
  throttleTime,
} from 'rxjs';
import type { Grid } from '../grid.js';
import type { FloodVariant } from '../run-flood.js';

interface CellUpdate {
  readonly cell: number;
  readonly sequence: number;
}

/** One Subject, grouped by cell, each group with its own rate. */
function perCell(grid: Grid, rate: () => MonoTypeOperatorFunction<CellUpdate>): FloodVariant {
  grid.attachCells();
  const updates = new Subject<CellUpdate>();
  const subscription = updates
    .pipe(
      groupBy(({ cell }) => cell),
      mergeMap((group) => group.pipe(rate())),
    )
    .subscribe(({ cell, sequence }) => grid.write(cell, sequence));
  return { update: (cell, sequence) => updates.next({ cell, sequence }), stop: () => subscription.unsubscribe() };
}

export const rxjsAuditTime = (grid: Grid): FloodVariant => perCell(grid, () => auditTime(0, animationFrameScheduler));

export const rxjsThrottleTime = (grid: Grid, waitMs: number): FloodVariant =>
  perCell(grid, () => throttleTime(waitMs, asyncScheduler, { leading: true, trailing: true }));
