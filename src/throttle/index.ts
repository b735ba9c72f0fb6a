export { type BatchConfig, type BatchSettings, OverflowPolicy } from './batch-config.js';
export { BatchError } from './batch-error.js';
export type { BatchStats } from './batch-stats.js';
export { type BatchProcessor, type BatchReason, BatchUpdateThrottler } from './batch-update-throttler.js';
export {
  type EventHandler,
  EventProcessor,
  type EventProcessorConfig,
  type EventProcessorSettings,
  type EventProcessorStats,
} from './event-processor.js';
export type { EventDispatcher, EventSource } from './event-source.js';
export { batchUpdates, latestByKey, throttleUpdates } from './operators.js';
export type { ThrottleConfig, ThrottleSettings } from './throttle-config.js';
export type { ThrottleDependencies } from './throttle-dependencies.js';
export { ThrottleMode } from './throttle-mode.js';
export type { ThrottleStats } from './throttle-stats.js';
export { type UpdateOptions, UpdateThrottler } from './update-throttler.js';
