import type { Observable } from 'rxjs';
import type { Clock } from '../../core/clock.js';
import type { Environment } from '../../core/environment.js';
import type { HeapReading } from '../../core/heap-reading.js';
import type { PressureLevel } from '../../core/pressure-level.js';
import type { LogRotator } from '../../logs/index.js';
import type { MemoryManager, MemoryOptimizer } from '../../memory/index.js';
import type { ResourceManager } from '../../resources/index.js';
import type { StorageTraffic } from '../../storage/index.js';
import type { UpdateThrottler } from '../../throttle/index.js';
import type { PerformanceManager } from '../manager/performance-manager.js';
import type { PerformanceSettings } from '../performance-config.js';
import type { PartCode } from './part-code.js';

/** Parts that the app has made itself. */
export interface GivenParts {
  readonly memoryManager?: MemoryManager<unknown> | undefined;
  readonly memoryOptimizer?: MemoryOptimizer | undefined;
  readonly logRotator?: LogRotator | undefined;
  readonly updateThrottler?: UpdateThrottler | undefined;
  readonly resourceManager?: ResourceManager | undefined;
  readonly performanceManager?: PerformanceManager | undefined;
}

/** What every part is made with. */
export interface PartContext {
  readonly settings: PerformanceSettings;
  readonly code: PartCode;
  readonly clock: Clock;
  /** The same for work that is poise's alone: what it takes counts as poise's own cost. */
  readonly ownClock: Clock;
  /** And whose waits grow when that cost is past its budget: for what samples. */
  readonly samplingClock: Clock;
  readonly environment: Environment;
  /** Counts what is written to and read from the disk. */
  readonly traffic: StorageTraffic;
  /** The page's heap, read once for all who look at it: at each look of the monitor, not by a timer of its own. */
  readonly heap$: Observable<HeapReading>;
  /** What is not made anew. */
  readonly given: GivenParts;
}

/** One thing that was done to bring the load down. */
export interface OptimizationAction {
  readonly part: string;
  /** What was done, in words. */
  readonly what: string;
  /** How many things it was done to. */
  readonly items: number;
}

/** A part that the monitor runs: it is read at each look, and asked to act when the load is high. */
export interface MonitorPart<Reading> extends Disposable {
  start(): void;
  /** Starts what nobody waits for, when the page has time. */
  startLate?(): void;
  stop(): void;
  /** What the score and the alerts look at; called at each look, and nowhere else. */
  read(): Reading;
  /** Brings the load down by as much as `level` calls for. @returns what it did; undefined where nothing was to be done */
  relieve(level: PressureLevel): OptimizationAction | undefined | Promise<OptimizationAction | undefined>;
  /** The load is back to normal: what was held back is let go. */
  recover?(): void;
}
