export * from './collect/index.js';
export * from './core/index.js';
export * from './logs/index.js';
export * from './optimize/index.js';
export * from './overlay/index.js';
export * from './resources/index.js';
export * from './throttle/index.js';
export * from './workers/index.js';
