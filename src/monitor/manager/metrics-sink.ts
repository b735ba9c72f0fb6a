import type { EpochMs } from '../../core/units.js';
import type { OperationMetrics } from './operation-metrics.js';

/** What a sink is asked for: a period, both ends included. */
export interface MetricsQuery {
  readonly since?: EpochMs | undefined;
  readonly until?: EpochMs | undefined;
}

/** Where metrics are kept beyond memory; a `LogRotator` is one. */
export interface MetricsSink {
  /** Takes one. What it returns is of no account, but for `false`: it was not taken. */
  addEntry(entry: OperationMetrics): unknown;
  /** Gives back what it holds of a period, the oldest first; other entries may be among it. */
  query?(query: MetricsQuery): AsyncIterable<unknown>;
}
