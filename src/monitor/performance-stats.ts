import type { Bytes, EpochMs, Milliseconds } from '../core/units.js';
import type { LogStats } from '../logs/index.js';
import type { MemoryManagerStats, MemoryOptimizerStats } from '../memory/index.js';
import type { ResourceStats } from '../resources/index.js';
import type { ThrottleStats } from '../throttle/index.js';
import type { Alert } from './alerts/alert.js';
import type { PerformanceManagerStats } from './manager/performance-manager-stats.js';
import type { OptimizationRecord } from './optimize/optimization-record.js';
import type { Score } from './score/score.js';
import type { PageFigures } from './signals/page-figures.js';

/** What poise itself costs the page. */
export interface SelfStats {
  /** Main-thread time of poise's own code since the start, without the app's updates and callbacks. */
  readonly mainThreadMs: Milliseconds;
  /** The share of the main thread since the last look; undefined before the second. */
  readonly mainThreadPercent: number | undefined;
  /** The entries that are kept in memory, as each was measured when it was added; 0 where that is switched off. */
  readonly heldBytes: Bytes;
  /** How many times as long poise waits between two looks or two samples as it was told to: 1 while it keeps its budget. */
  readonly slowdown: number;
}

/** Everything in one snapshot (seed 004: get_performance_stats). A part that is switched off is `undefined`. */
export interface PerformanceStats {
  readonly at: EpochMs;
  /** 0 to 100, as of the last look. */
  readonly performanceScore: number;
  /** What the score is made of. */
  readonly score: Score;
  readonly memory: MemoryManagerStats | undefined;
  /** Leak detection. */
  readonly leaks: MemoryOptimizerStats | undefined;
  readonly logs: LogStats | undefined;
  readonly throttling: ThrottleStats | undefined;
  readonly resources: ResourceStats | undefined;
  /** What the app has measured of its own functions. */
  readonly operations: PerformanceManagerStats | undefined;
  /** What the page has told. */
  readonly page: PageFigures;
  /** The alerts that stand. */
  readonly alerts: readonly Alert[];
  /** What was done about the load, oldest first. */
  readonly optimizations: readonly OptimizationRecord[];
  readonly self: SelfStats;
}
