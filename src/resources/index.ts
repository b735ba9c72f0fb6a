export type { CleanupFailure } from './cleanup-runner.js';
export type { Cleanup } from './holding.js';
export type { RegisterOptions, Resource } from './resource.js';
export {
  ResourceCleaner,
  type ResourceCleanerConfig,
  type ResourceCleanerDependencies,
  type ResourceCleanerSettings,
  type ResourceCleanerStats,
} from './resource-cleaner.js';
export { ResourceError, ResourceErrorCode } from './resource-error.js';
export { ResourceHandle } from './resource-handle.js';
export { type ResourceDependencies, ResourceManager } from './resource-manager.js';
export type { ResourceManagerConfig, ResourceManagerSettings } from './resource-manager-config.js';
export { ResourceScope } from './resource-scope.js';
export type { ResourceReport, ResourceStats } from './resource-stats.js';
export { ResourceStatus } from './resource-status.js';
export { ResourceType } from './resource-type.js';
export type { SweepPolicy, SweepResult } from './sweep.js';
export { TemporaryKind, type TemporaryOptions, type TemporaryResources } from './temporary/make-temporary.js';
export { TemporaryBuffer, type TemporaryBufferOptions } from './temporary/temporary-buffer.js';
export { TemporaryDirectory } from './temporary/temporary-directory.js';
export { TemporaryFile } from './temporary/temporary-file.js';
export type { TemporaryData, TemporaryFileOptions } from './temporary/temporary-place.js';
export { TemporaryUrl, type TemporaryUrlOptions } from './temporary/temporary-url.js';
