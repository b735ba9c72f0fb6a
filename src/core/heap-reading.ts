import type { Bytes } from './units.js';

/** Where a heap figure comes from. Figures of different sources measure different things, and never stand in one series. */
export const HeapSource = {
  /** `performance.measureUserAgentSpecificMemory()`: the page with its workers and frames, without a limit. */
  USER_AGENT_SPECIFIC_MEMORY: 'user-agent-specific-memory',
  /** `performance.memory`: the JavaScript heap and its limit. */
  PERFORMANCE_MEMORY: 'performance-memory',
  /** What poise itself tracks, where the browser tells nothing. */
  TRACKED: 'tracked',
} as const;
export type HeapSource = (typeof HeapSource)[keyof typeof HeapSource];

/** One look at how much memory is in use. */
export interface HeapReading {
  readonly source: HeapSource;
  readonly usedBytes: Bytes;
  /** What may be used at the most; left out where the source does not tell. */
  readonly limitBytes?: Bytes | undefined;
}
