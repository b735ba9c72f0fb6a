export { type Alert, AlertType } from './alerts/alert.js';
export type { AlertThresholds } from './alerts/alert-thresholds.js';
export { type AlertCallback, BaseMonitor, type MonitorDependencies } from './base-monitor.js';
export * from './manager/index.js';
export type { LoadFigures, OptimizationRecord, OptimizationTrigger } from './optimize/optimization-record.js';
export type { GivenParts, OptimizationAction } from './parts/part.js';
export type { PerformanceConfig, PerformanceSettings } from './performance-config.js';
export { PerformanceMonitor } from './performance-monitor.js';
export type { PerformanceStats, SelfStats } from './performance-stats.js';
export {
  type LogsReading,
  type MemoryReading,
  type Readings,
  type ResourcesReading,
  ScoredPart,
  type ThrottlingReading,
} from './score/readings.js';
export { type PartScore, type Score, scoreOf } from './score/score.js';
export type { CollectSettings } from './signals/collect-settings.js';
export type { ErrorFigures } from './signals/errors-signal.js';
export type { FrameFigures } from './signals/frames-signal.js';
export type { HeapFigures } from './signals/heap-signal.js';
export type { LongFrameFigures } from './signals/long-frames-signal.js';
export type { NetworkFigures } from './signals/network-signal.js';
export type { PageFigures } from './signals/page-figures.js';
export type { PressureFigures } from './signals/pressure-signal.js';
export type { ResourceTimingFigures } from './signals/resource-timing-signal.js';
export type { WebVitalFigures } from './signals/web-vitals-signal.js';
export type { SystemMetrics } from './system-metrics.js';
