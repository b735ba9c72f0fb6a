export { DETECTORS } from './leaks/detectors.js';
export type {
  ComponentCount,
  DetachedCount,
  LeakDetector,
  LeakFinding,
  MakeDetector,
  Observation,
  OperationCount,
} from './leaks/leak-detector.js';
export { LeakKind } from './leaks/leak-kind.js';
export { type MannKendall, mannKendall } from './leaks/mann-kendall.js';
export { type MemoryLeak, MemorySeverity } from './leaks/memory-leak.js';
export { type Line, type Point, theilSen } from './leaks/theil-sen.js';
export type { MemoryChange, RemovedRecord } from './manager/change-feed.js';
export type { CleanupCallback } from './manager/cleanup-callbacks.js';
export { MemoryOrder, type MemoryRecord } from './manager/entry-deque.js';
export { MemoryManager } from './manager/memory-manager.js';
export type { MemoryManagerConfig, MemoryManagerSettings } from './manager/memory-manager-config.js';
export type { MemoryManagerDependencies } from './manager/memory-manager-dependencies.js';
export { MemoryManagerError, MemoryManagerErrorCode } from './manager/memory-manager-error.js';
export type { MemoryManagerStats } from './manager/memory-manager-stats.js';
export { MemoryRemovalReason } from './manager/removal-reason.js';
export type { TruncatedBody, Truncation } from './manager/truncate-body.js';
export type { MemoryMetrics, MemoryOperationSummary } from './optimizer/memory-metrics.js';
export { type GcSettings, MemoryOptimizer, type MemoryOptimizerDependencies } from './optimizer/memory-optimizer.js';
export type { MemoryOptimizerConfig, MemoryOptimizerSettings } from './optimizer/memory-optimizer-config.js';
export type { MemoryOptimizerStats, MemoryReport } from './optimizer/memory-report.js';
export type { MemoryOptimization, ResponderResult } from './optimizer/responders.js';
