import type { Milliseconds } from '../core/units.js';

export const LazyState = {
  /** Nobody has asked for it. */
  IDLE: 'idle',
  LOADING: 'loading',
  LOADED: 'loaded',
  /** The newest attempt failed; the next call tries again. */
  FAILED: 'failed',
} as const;
export type LazyState = (typeof LazyState)[keyof typeof LazyState];

export interface LazyLoaderStats {
  readonly state: LazyState;
  /** How often the loader was called. */
  readonly attempts: number;
  /** Attempts that threw, rejected or timed out. */
  readonly failures: number;
  /** What the attempt that loaded it took; undefined until then. */
  readonly loadTimeMs: Milliseconds | undefined;
  /** Preloads that still wait for their moment. */
  readonly waitingPreloads: number;
}
