export * from './collect/index.js';
export * from './core/index.js';
export * from './throttle/index.js';
