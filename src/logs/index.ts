export type { WriteReason } from './flusher.js';
export { type LogConfig, LogDurability, type LogRetention, type LogSettings } from './log-config.js';
export { LogError, LogErrorCode } from './log-error.js';
export { LogFormat } from './log-export.js';
export type { LogOrder, LogQuery } from './log-query.js';
export { type LogDependencies, LogRotator, type LogWrite } from './log-rotator.js';
export type { LogStats } from './log-stats.js';
export { RotationPolicy } from './rotation-policy.js';
export type { PackInfo, Segment } from './store/segment.js';
