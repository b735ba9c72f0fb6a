import type { Bytes, MonotonicMs } from './units.js';

/**
 * Who told the figure. 'user-agent-specific-memory' holds what lives (script, DOM, workers, buffers), 'performance-memory'
 * the script heap with its garbage, 'tracked' only what the app told poise about.
 */
export const HeapSource = {
  USER_AGENT: 'user-agent-specific-memory',
  PERFORMANCE: 'performance-memory',
  TRACKED: 'tracked',
} as const;
export type HeapSource = (typeof HeapSource)[keyof typeof HeapSource];

/** How much memory the page took at a time. Figures of different sources say different things: never mix them in one series. */
export interface HeapReading {
  readonly time: MonotonicMs;
  readonly usedBytes: Bytes;
  /** What the browser allows; left out where it does not tell. */
  readonly limitBytes?: Bytes;
  readonly source: HeapSource;
  /** By the browser's own types ('JavaScript', 'DOM', …); left out where it does not tell. */
  readonly breakdown?: Readonly<Record<string, Bytes>>;
}
