import type { Milliseconds } from '../core/units.js';
import {
  type Checks,
  nonNegative,
  oneOf,
  optional,
  positive,
  positiveInteger,
  resolveConfig,
} from '../core/validate.js';
import { ThrottleMode } from './throttle-mode.js';

/** What an UpdateThrottler goes by (seed 004: ThrottleConfig). */
export interface ThrottleSettings {
  /** Default 'adaptive', as in the seed. */
  readonly mode: ThrottleMode;
  /** Refreshes a second, at the most; in burst mode, over the long run. Default 30. */
  readonly maxUpdatesPerSecond: number;
  /** The least time from one refresh to the next. Default: a whole interval of the rate (33 at 30), in burst mode 0. */
  readonly minUpdateIntervalMs: Milliseconds;
  /** Refreshes that may run at once when there was quiet before (burst mode). Default 30. */
  readonly burstSize: number;
  /** How long the tokens of a whole burst take to come back (burst mode). Default 1000. */
  readonly burstWindowMs: Milliseconds;
  /** How long updates may run in one frame; in adaptive mode until the frame's real room is measured. Default 8. */
  readonly frameBudgetMs: Milliseconds;
  /** Updates that may wait; what comes on top is refused. Default 10,000. */
  readonly maxQueueSize: number;
}

/** The options, all of which may be left out. */
export type ThrottleConfig = { readonly [Name in keyof ThrottleSettings]?: ThrottleSettings[Name] | undefined };

type WithOpenInterval = Omit<ThrottleSettings, 'minUpdateIntervalMs'> & {
  readonly minUpdateIntervalMs: Milliseconds | undefined;
};

const DEFAULTS: WithOpenInterval = Object.freeze({
  mode: ThrottleMode.ADAPTIVE,
  maxUpdatesPerSecond: 30,
  minUpdateIntervalMs: undefined,
  burstSize: 30,
  burstWindowMs: 1_000,
  frameBudgetMs: 8,
  maxQueueSize: 10_000,
});

const CHECKS: Checks<WithOpenInterval> = {
  mode: oneOf(ThrottleMode),
  maxUpdatesPerSecond: positive,
  minUpdateIntervalMs: optional(nonNegative),
  burstSize: positiveInteger,
  burstWindowMs: positive,
  frameBudgetMs: positive,
  maxQueueSize: positiveInteger,
};

/** @throws ConfigError */
export function resolveThrottleConfig(given: ThrottleConfig): ThrottleSettings {
  const config = resolveConfig('UpdateThrottler', given, DEFAULTS, CHECKS);
  const byRate = config.mode === ThrottleMode.BURST ? 0 : Math.floor(1_000 / config.maxUpdatesPerSecond);
  return Object.freeze({ ...config, minUpdateIntervalMs: config.minUpdateIntervalMs ?? byRate });
}
