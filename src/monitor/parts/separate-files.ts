import type { PartCode } from './part-code.js';

/** A file each, so that code of what is switched off is not loaded. */
export const SEPARATE_FILES: PartCode = {
  memory: () => import('./memory-part.js'),
  throttling: () => import('./throttling-part.js'),
  resources: () => import('./resources-part.js'),
  logs: () => import('./logs-part.js'),
  leaks: () => import('./leaks-part.js'),
  operations: () => import('./operations-part.js'),
  network: () => import('../signals/network-signal.js'),
};
