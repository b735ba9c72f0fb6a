import type { Milliseconds } from '../../core/units.js';
import { type Checks, flag, positive, positiveInteger, resolveConfig } from '../../core/validate.js';

/** What a PerformanceManager goes by. */
export interface PerformanceManagerSettings {
  /** Metrics of one component in memory; the oldest go. Default 1000. */
  readonly maxMetrics: number;
  /** Components in memory; the one that was not measured for longest goes. Default 100. */
  readonly maxComponents: number;
  /** Whether each run is a User Timing measure, which the browser's tools show; about 10 µs a run. Default true. */
  readonly userTiming: boolean;
  /** Whether the heap is read around each run, where the browser tells it exactly; about 20 µs a run. Default true. */
  readonly measureMemory: boolean;
  /** How long metrics wait at most before they are completed, handed to the sink and told by `metrics$`. Default 1000. */
  readonly intervalMs: Milliseconds;
}

/** The options, all of which may be left out. */
export type PerformanceManagerConfig = {
  readonly [Name in keyof PerformanceManagerSettings]?: PerformanceManagerSettings[Name] | undefined;
};

const DEFAULTS: PerformanceManagerSettings = Object.freeze({
  maxMetrics: 1_000,
  maxComponents: 100,
  userTiming: true,
  measureMemory: true,
  intervalMs: 1_000,
});

const CHECKS: Checks<PerformanceManagerSettings> = {
  maxMetrics: positiveInteger,
  maxComponents: positiveInteger,
  userTiming: flag,
  measureMemory: flag,
  intervalMs: positive,
};

/** @throws ConfigError */
export function resolvePerformanceManagerConfig(
  given: PerformanceManagerConfig | undefined,
): Readonly<PerformanceManagerSettings> {
  return resolveConfig('PerformanceManager', given, DEFAULTS, CHECKS);
}
