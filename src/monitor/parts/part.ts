import type { Clock } from '../../core/clock.js';
import type { Environment } from '../../core/environment.js';
import type { PressureLevel } from '../../core/pressure-level.js';
import type { StorageTraffic } from '../../storage/index.js';
import type { PerformanceSettings } from '../performance-config.js';

/** What every part is made with. */
export interface PartContext {
  readonly settings: PerformanceSettings;
  readonly clock: Clock;
  readonly environment: Environment;
  /** Counts what is written to and read from the disk. */
  readonly traffic: StorageTraffic;
}

/** One thing that was done to bring the load down. */
export interface OptimizationAction {
  readonly part: string;
  /** What was done, in words. */
  readonly what: string;
  /** How many things it was done to. */
  readonly items: number;
}

/** A part that the monitor runs: it is made, read at each look, and asked to act when the load is high. */
export interface MonitorPart<Reading> extends Disposable {
  start(): void;
  stop(): void;
  /** What the score and the alerts look at; called at each look, and nowhere else. */
  read(): Reading;
  /** Brings the load down by as much as `level` calls for. @returns what it did; undefined where nothing was to be done */
  relieve(level: PressureLevel): OptimizationAction | undefined | Promise<OptimizationAction | undefined>;
  /** The load is back to normal: what was held back is let go. */
  recover?(): void;
}
