export type { FrameTiming } from './frame-window.js';
export { mountPill, type Pill, type PillOptions, type PillThrottler } from './pill.js';
export type { ThrottlerCounts } from './pill-figures.js';
