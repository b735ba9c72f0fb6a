export { type CachedFunction, cached, cachedOf } from './cached.js';
export type { CachedConfig, CachedSettings, Kept } from './cached-config.js';
export type { CachedStats } from './cached-stats.js';
