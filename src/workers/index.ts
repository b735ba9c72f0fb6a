export { type CompressorOptions, createCompressor, type OwnedCompressor } from './create-compressor.js';
export { exposeTasks } from './expose-tasks.js';
export type { CallOptions } from './job.js';
export type { MapOptions } from './map-source.js';
export { createPoisePool, type PoisePoolConfig } from './poise-pool.js';
export type { PoiseTasks } from './poise-tasks.js';
export type { WorkerPoolConfig, WorkerPoolSettings } from './pool-config.js';
export type { PoolMode, PoolStats } from './pool-stats.js';
export type {
  Task,
  TaskArgument,
  TaskArguments,
  TaskContext,
  TaskItem,
  TaskName,
  TaskResult,
  Tasks,
} from './task.js';
export type { TaskCalls } from './task-calls.js';
export { Transferred, transfer } from './transfer.js';
export {
  TaskCloneError,
  TaskTimeoutError,
  WorkerCrashError,
  WorkerError,
  WorkerErrorCode,
  WorkerLoadError,
} from './worker-error.js';
export { WorkerPool, type WorkerPoolDependencies } from './worker-pool.js';
