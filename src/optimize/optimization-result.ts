import type { Bytes, EpochMs, Milliseconds } from '../core/units.js';
import type { OptimizationStatus, OptimizationType } from './optimization-type.js';

/** What an optimisation has brought (seed 000: OptimizationResult). */
export interface OptimizationResult {
  readonly optimizationId: string;
  readonly optimizationType: OptimizationType;
  readonly status: OptimizationStatus;
  /**
   * By how many percent of the unoptimised time it is faster, on the same arguments; negative when it is slower.
   * `undefined` until it was measured.
   */
  readonly performanceImprovement: number | undefined;
  /** What the last call took; `undefined` before the first. */
  readonly executionTimeMs: Milliseconds | undefined;
  /** What was given back on its behalf; `undefined` where that is not known. */
  readonly memorySavedBytes: Bytes | undefined;
  readonly timestamp: EpochMs;
  readonly details: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** All of a manager's optimisations, and what they add up to. */
export interface OptimizationReport {
  readonly at: EpochMs;
  /** By status. */
  readonly counts: Readonly<Record<OptimizationStatus, number>>;
  /** The highest priority first. */
  readonly results: readonly OptimizationResult[];
  /** Over all that were measured; `undefined` when none was. */
  readonly meanImprovement: number | undefined;
  readonly memorySavedBytes: Bytes | undefined;
  readonly cache: OptimizationCacheStats;
}

/** What the caching optimisations hold, together. */
export interface OptimizationCacheStats {
  readonly functions: number;
  readonly entries: number;
  readonly hits: number;
  readonly misses: number;
  /** `undefined` before the first call. */
  readonly hitRate: number | undefined;
}
