import type { Bytes, Milliseconds } from '../../core/units.js';
import type { OperationMetrics } from './operation-metrics.js';

/** Many runs in a few figures. What no run could tell is `undefined`. */
export interface OperationSummary {
  readonly count: number;
  readonly failures: number;
  /** 0 to 100; `undefined` while there is no run. */
  readonly failurePercent: number | undefined;
  readonly totalMs: Milliseconds;
  readonly meanMs: Milliseconds | undefined;
  readonly p50Ms: Milliseconds | undefined;
  readonly p95Ms: Milliseconds | undefined;
  readonly p99Ms: Milliseconds | undefined;
  readonly maxMs: Milliseconds | undefined;
  /** Means over the runs that tell them. */
  readonly meanMainThreadPercent: number | undefined;
  readonly meanMemoryUsageBytes: Bytes | undefined;
}

/** The exact figures of these runs. */
export function summarize(runs: readonly OperationMetrics[]): OperationSummary {
  const times = runs.map(({ executionTimeMs }) => executionTimeMs).sort((a, b) => a - b);
  const failures = runs.filter(({ failed }) => failed).length;
  const totalMs = times.reduce((sum, ms) => sum + ms, 0);
  const empty = runs.length === 0;
  return {
    count: runs.length,
    failures,
    failurePercent: empty ? undefined : (100 * failures) / runs.length,
    totalMs,
    meanMs: empty ? undefined : totalMs / runs.length,
    p50Ms: nearestRank(times, 0.5),
    p95Ms: nearestRank(times, 0.95),
    p99Ms: nearestRank(times, 0.99),
    maxMs: times.at(-1),
    meanMainThreadPercent: meanOf(runs.map(({ mainThreadPercent }) => mainThreadPercent)),
    meanMemoryUsageBytes: meanOf(runs.map(({ memoryUsageBytes }) => memoryUsageBytes)),
  };
}

/** The value that a share `q` of the sorted values does not pass. */
const nearestRank = (sorted: readonly number[], q: number): number | undefined =>
  sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];

function meanOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}
