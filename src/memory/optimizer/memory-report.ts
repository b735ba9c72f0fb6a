import type { HeapSource } from '../../core/heap-reading.js';
import type { PressureLevel } from '../../core/pressure-level.js';
import type { Bytes, EpochMs, Milliseconds } from '../../core/units.js';
import type { ComponentCount } from '../leaks/leak-detector.js';
import type { MemoryLeak } from '../leaks/memory-leak.js';
import type { MemoryOperationSummary } from './memory-metrics.js';
import type { MemoryOptimization } from './responders.js';

/** What a MemoryOptimizer sees and has done. */
export interface MemoryOptimizerStats {
  readonly running: boolean;
  /** Where the figures come from; 'unsupported' where the browser tells none. */
  readonly source: HeapSource | 'unsupported';
  /** Of the newest reading; undefined before the first. */
  readonly usedBytes: Bytes | undefined;
  readonly limitBytes: Bytes | undefined;
  readonly peakBytes: Bytes | undefined;
  /** By `memoryThresholdBytes`, and by what the browser allows; undefined before the first reading. */
  readonly level: PressureLevel | undefined;
  /** Full garbage collections that were noticed; undefined where they can't be. */
  readonly gcCollections: number | undefined;
  /** Tracked objects that live; undefined where they can't be counted. */
  readonly trackedObjects: number | undefined;
  readonly trackedBytes: Bytes | undefined;
  /** Elements outside the document that are followed. */
  readonly followedElements: number;
  /** Runs of operations, mere marks among them. */
  readonly measuredOperations: number;
  readonly activeLeaks: number;
  /** Those that go on, the worst first. */
  readonly leaks: readonly MemoryLeak[];
  readonly leaksFound: number;
  readonly responders: number;
  readonly optimizations: number;
  /** What responders gave back, as far as known. */
  readonly bytesFreed: Bytes;
  /** Main-thread time that reading and judging took. */
  readonly ownTimeMs: Milliseconds;
}

/** All there is to know (seed 000: get_memory_report). A figure that the browser does not tell is undefined. */
export interface MemoryReport {
  readonly timestamp: EpochMs;
  readonly source: MemoryOptimizerStats['source'];
  readonly currentMemoryMb: number | undefined;
  readonly peakMemoryMb: number | undefined;
  /** Since the first reading. */
  readonly memoryGrowthMb: number | undefined;
  readonly memoryLimitMb: number | undefined;
  /** By the browser's own types, in MB. */
  readonly breakdownMb: Readonly<Record<string, number>> | undefined;
  readonly level: PressureLevel | undefined;
  readonly gcCollections: number | undefined;
  readonly components: readonly ComponentCount[];
  readonly operations: readonly MemoryOperationSummary[];
  readonly leaks: readonly MemoryLeak[];
  readonly lastOptimization: MemoryOptimization | undefined;
  readonly recommendations: readonly string[];
}
