export { OVERDUE_MS } from './update-queue.js';
export { type ThrottleConfig, type ThrottleSettings } from './throttle-config.js';
export { ThrottleMode } from './throttle-mode.js';
export type { ThrottleStats } from './throttle-stats.js';
export { type ThrottleDependencies, type UpdateOptions, UpdateThrottler } from './update-throttler.js';
