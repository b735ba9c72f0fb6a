import { between, type Checks, resolveConfig } from '../../core/validate.js';

/** When alerts are raised (seed 004: Alert Thresholds). */
export interface AlertThresholds {
  /** Of `maxMemoryMb`, or of the heap's limit, whichever is nearer. Default 80. */
  readonly memoryUsagePercent: number;
  /** Requests that had to wait, of all. Default 70. */
  readonly throttleRatePercent: number;
  /** Clean-ups that failed, of all. Default 20. */
  readonly cleanupFailuresPercent: number;
  /** A score below this. Default 60. */
  readonly performanceScoreMin: number;
}

const DEFAULTS: AlertThresholds = Object.freeze({
  memoryUsagePercent: 80,
  throttleRatePercent: 70,
  cleanupFailuresPercent: 20,
  performanceScoreMin: 60,
});

const percent = between(0, 100);
const CHECKS: Checks<AlertThresholds> = {
  memoryUsagePercent: percent,
  throttleRatePercent: percent,
  cleanupFailuresPercent: percent,
  performanceScoreMin: percent,
};

/** @throws ConfigError */
export function resolveAlertThresholds(
  given: { readonly [Name in keyof AlertThresholds]?: AlertThresholds[Name] | undefined } | undefined,
): AlertThresholds {
  return resolveConfig('PerformanceMonitor alertThresholds', given, DEFAULTS, CHECKS);
}
