import type { Bytes, Milliseconds } from '../core/units.js';
import { type Checks, flag, nonNegative, positive, resolveConfig } from '../core/validate.js';

/** What a ResourceManager goes by (seed 000: ResourceManager). */
export interface ResourceManagerSettings {
  /** Bytes that temporary resources may take together. Default 100 MiB. */
  readonly maxTempSizeBytes: Bytes;
  /** From one automatic sweep to the next. Default 300,000 (5 minutes). */
  readonly cleanupIntervalMs: Milliseconds;
  /** Whether `start()` sweeps by itself: it ends what outlived its own `timeoutMs`, and retries. Default true. */
  readonly autoCleanup: boolean;
  /** How long a clean-up may take before it is given up. Default 10,000. */
  readonly cleanupTimeoutMs: Milliseconds;
}

/** The options, all of which may be left out. */
export type ResourceManagerConfig = {
  readonly [Name in keyof ResourceManagerSettings]?: ResourceManagerSettings[Name] | undefined;
};

const DEFAULTS: ResourceManagerSettings = Object.freeze({
  maxTempSizeBytes: 100 * 1024 * 1024,
  cleanupIntervalMs: 300_000,
  autoCleanup: true,
  cleanupTimeoutMs: 10_000,
});

const CHECKS: Checks<ResourceManagerSettings> = {
  maxTempSizeBytes: nonNegative,
  cleanupIntervalMs: positive,
  autoCleanup: flag,
  cleanupTimeoutMs: positive,
};

/** @throws ConfigError */
export function resolveResourceManagerConfig(given: ResourceManagerConfig): ResourceManagerSettings {
  return resolveConfig('ResourceManager', given, DEFAULTS, CHECKS);
}
