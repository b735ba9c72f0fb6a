export type { MetricsQuery, MetricsSink } from './metrics-sink.js';
export type { OperationMetrics } from './operation-metrics.js';
export { type OperationReport, reportOn } from './operation-report.js';
export type { OperationSummary } from './operation-summary.js';
export {
  type MeasuredOperation,
  PerformanceManager,
  type PerformanceManagerDependencies,
} from './performance-manager.js';
export type { PerformanceManagerConfig, PerformanceManagerSettings } from './performance-manager-config.js';
export type { PerformanceManagerStats } from './performance-manager-stats.js';
export type { Recommendation, RecommendationRule } from './recommendations.js';
