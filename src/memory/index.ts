export type { MemoryChange, RemovedRecord } from './manager/change-feed.js';
export { MemoryOrder, type MemoryRecord } from './manager/entry-deque.js';
export { type CleanupCallback, MemoryManager, type MemoryManagerDependencies } from './manager/memory-manager.js';
export type { MemoryManagerConfig, MemoryManagerSettings } from './manager/memory-manager-config.js';
export { MemoryManagerError, MemoryManagerErrorCode } from './manager/memory-manager-error.js';
export type { MemoryManagerStats } from './manager/memory-manager-stats.js';
export { RemovalReason } from './manager/removal-reason.js';
export type { TruncatedBody, Truncation } from './manager/truncate-body.js';
