export type { Optimized } from './drain.js';
export { idbOperations, type StoreAccess, type StoreOperation } from './idb-operations.js';
export type { OptimizationConfig, OptimizationSettings } from './optimization-config.js';
export { DisagreementError, OptimizationError } from './optimization-error.js';
export {
  type OptimizationDependencies,
  OptimizationManager,
  type OptimizationManagerConfig,
  type OptimizationManagerSettings,
} from './optimization-manager.js';
export type { OptimizationCacheStats, OptimizationReport, OptimizationResult } from './optimization-result.js';
export { OptimizationStatus, OptimizationType } from './optimization-type.js';
export type { OptimizeOptions } from './optimize-options.js';
export type { OptimizedFunction } from './optimized-function.js';
export type { AlgorithmOptions } from './strategies/algorithm.js';
export type { CachingOptions } from './strategies/caching.js';
export type { DatabaseOptions } from './strategies/database.js';
export type { MemoryOptions } from './strategies/memory.js';
export type { NetworkOptions } from './strategies/network.js';
export type { ParallelizationOptions, RemoteFunction } from './strategies/parallelization.js';
