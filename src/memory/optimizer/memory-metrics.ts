import type { Bytes, EpochMs, Milliseconds } from '../../core/units.js';

/** What one run of an operation did to memory (seed 000: MemoryMetrics). */
export interface MemoryMetrics {
  readonly componentId: string;
  readonly operation: string;
  /** The heap after less the heap before, garbage included: negative where a collection came between. Undefined where the browser tells no figure. */
  readonly memoryUsageBytes: Bytes | undefined;
  /** The highest reading while it ran, from its first to its last. */
  readonly memoryPeakBytes: Bytes | undefined;
  /** Tracked objects of the component that live afterwards. */
  readonly objectCount: number;
  /** Full collections that were noticed while it ran. */
  readonly gcCollections: number;
  /** When it ended. */
  readonly timestamp: EpochMs;
  readonly metadata: { readonly durationMs: Milliseconds; readonly failed: boolean };
}

/** All runs of one operation, summed up. */
export interface MemoryOperationSummary {
  readonly componentId: string;
  readonly operation: string;
  readonly runs: number;
  readonly failed: number;
  /** Mean of `memoryUsageBytes`; undefined where the browser tells no figure, or for mere marks. */
  readonly meanUsageBytes: Bytes | undefined;
  readonly peakBytes: Bytes | undefined;
}
