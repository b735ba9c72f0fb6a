import type { PressureLevel } from '../../core/pressure-level.js';
import type { EpochMs } from '../../core/units.js';
import type { OptimizationAction } from '../parts/part.js';
import { percentOf, type Readings } from '../score/readings.js';

/** What set an optimisation off: somebody asked for it, an alert, or the machine's own pressure. */
export type OptimizationTrigger = 'forced' | 'memory' | 'throttle' | 'cleanup' | 'score' | 'pressure';

/** The load in figures; each `undefined` where there was nothing to measure. */
export interface LoadFigures {
  readonly score: number;
  readonly memoryUsagePercent: number | undefined;
  readonly throttleRatePercent: number | undefined;
  readonly cleanupFailuresPercent: number | undefined;
}

/** What the monitor did about the load, and what came of it. */
export interface OptimizationRecord {
  readonly at: EpochMs;
  readonly trigger: OptimizationTrigger;
  readonly level: PressureLevel;
  /** Empty where no part had anything to give. */
  readonly actions: readonly OptimizationAction[];
  readonly before: LoadFigures;
  /** The load at the next look; undefined until then. */
  readonly after: LoadFigures | undefined;
  /** Whether the figure that set it off got better (the score, when it was forced); undefined until the next look. */
  readonly helped: boolean | undefined;
}

export const loadOf = (score: number, { memory, throttling, resources }: Readings): LoadFigures => ({
  score,
  memoryUsagePercent: memory?.usagePercent,
  throttleRatePercent: throttling && percentOf(throttling.throttled, throttling.requested),
  cleanupFailuresPercent: resources && percentOf(resources.failed, resources.failed + resources.cleaned),
});

/** The figure that an optimisation is judged by, turned so that less is better. */
const BURDEN: Readonly<Record<OptimizationTrigger, (load: LoadFigures) => number>> = {
  forced: ({ score }) => -score,
  memory: ({ memoryUsagePercent = 0 }) => memoryUsagePercent,
  throttle: ({ throttleRatePercent = 0 }) => throttleRatePercent,
  cleanup: ({ cleanupFailuresPercent = 0 }) => cleanupFailuresPercent,
  score: ({ score }) => -score,
  pressure: ({ score }) => -score,
};

/** Fills in what came of it. */
export function settleRecord(record: OptimizationRecord, after: LoadFigures): OptimizationRecord {
  const burden = BURDEN[record.trigger];
  return { ...record, after, helped: burden(after) < burden(record.before) };
}
