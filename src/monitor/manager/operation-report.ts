import type { EpochMs } from '../../core/units.js';
import type { OperationMetrics } from './operation-metrics.js';
import { type OperationSummary, summarize } from './operation-summary.js';
import { type Recommendation, recommend } from './recommendations.js';

/** What a component's operations took in a period (seed 000: PerformanceReport). */
export interface OperationReport {
  readonly componentId: string;
  /** The period asked for, or that of the metrics; `undefined` when neither is there. */
  readonly startTime: EpochMs | undefined;
  readonly endTime: EpochMs | undefined;
  readonly metrics: readonly OperationMetrics[];
  readonly summary: OperationSummary;
  readonly operations: ReadonlyMap<string, OperationSummary>;
  /** What follows from the figures, the worst first; empty when all is well. */
  readonly recommendations: readonly Recommendation[];
}

/** A report on metrics from wherever, as `loadMetrics` gives them, in order of time. */
export function reportOn(
  componentId: string,
  metrics: readonly OperationMetrics[],
  startTime?: EpochMs,
  endTime?: EpochMs,
): OperationReport {
  const byOperation = new Map<string, OperationMetrics[]>();
  for (const one of metrics) {
    const same = byOperation.get(one.operation);
    if (same) same.push(one);
    else byOperation.set(one.operation, [one]);
  }
  const operations = new Map([...byOperation].map(([operation, runs]) => [operation, summarize(runs)]));
  return {
    componentId,
    startTime: startTime ?? metrics[0]?.timestamp,
    endTime: endTime ?? endOf(metrics),
    metrics,
    summary: summarize(metrics),
    operations,
    recommendations: recommend(componentId, byOperation, operations),
  };
}

function endOf(metrics: readonly OperationMetrics[]): EpochMs | undefined {
  return metrics.reduce<EpochMs | undefined>((latest, { timestamp, executionTimeMs }) => {
    const end = timestamp + executionTimeMs;
    return latest === undefined || end > latest ? end : latest;
  }, undefined);
}
