import { BYTES_PER_MB, type Bytes, type Milliseconds } from '../../core/units.js';
import { type Checks, flag, positive, positiveInteger } from '../../core/validate.js';

/** The settings (seed 000: MemoryOptimizer). */
export interface MemoryOptimizerSettings {
  /** More than this is under pressure. Default 100 MiB. */
  readonly memoryThresholdBytes: Bytes;
  /** A growth of this much in an hour is a leak; one that took this much already is an error. Default 10 MiB. */
  readonly leakThresholdBytes: Bytes;
  /** So many objects more weigh as much as `leakThresholdBytes`, where bytes are not known. Default 1,000. */
  readonly gcThreshold: number;
  /** Counts objects handed to `track()` and watches elements that are taken out of the document. Default true. */
  readonly enableAllocationTracking: boolean;
  /** From one heap reading to the next, where none are handed in. Default 1,000. */
  readonly intervalMs: Milliseconds;
}

/** The options, all of which may be left out. */
export type MemoryOptimizerConfig = {
  readonly [Name in keyof MemoryOptimizerSettings]?: MemoryOptimizerSettings[Name] | undefined;
};

export const MEMORY_OPTIMIZER_DEFAULTS: MemoryOptimizerSettings = Object.freeze({
  memoryThresholdBytes: 100 * BYTES_PER_MB,
  leakThresholdBytes: 10 * BYTES_PER_MB,
  gcThreshold: 1_000,
  enableAllocationTracking: true,
  intervalMs: 1_000,
});

export const MEMORY_OPTIMIZER_CHECKS: Checks<MemoryOptimizerSettings> = {
  memoryThresholdBytes: positive,
  leakThresholdBytes: positive,
  gcThreshold: positiveInteger,
  enableAllocationTracking: flag,
  intervalMs: positive,
};
