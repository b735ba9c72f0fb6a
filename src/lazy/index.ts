export { type LazyImport, type LazyModule, lazyImport } from './lazy-import.js';
export { LazyLoadError, LazyLoadErrorCode } from './lazy-load-error.js';
export { LazyLoader, type LazyLoaderDependencies } from './lazy-loader.js';
export type { LazyLoaderConfig, LazyLoaderSettings } from './lazy-loader-config.js';
export { type LazyLoaderStats, LazyState } from './lazy-loader-stats.js';
export type { IdlePreload, VisiblePreload } from './preload.js';
