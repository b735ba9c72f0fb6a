import type { Milliseconds } from '../core/units.js';
import {
  type Checks,
  nonNegative,
  nonNegativeInteger,
  oneOf,
  positive,
  positiveInteger,
  resolveConfig,
} from '../core/validate.js';

/** What happens to an item that finds the queue full. */
export const OverflowPolicy = {
  /** `add()` returns false and the item is not taken. */
  REFUSE: 'refuse',
  /** The oldest item goes, counted as dropped. */
  DROP_OLDEST: 'drop-oldest',
} as const;
export type OverflowPolicy = (typeof OverflowPolicy)[keyof typeof OverflowPolicy];

/** What a BatchUpdateThrottler goes by. */
export interface BatchSettings {
  /** Items that make a batch. Default 10. */
  readonly batchSize: number;
  /** A batch that is not full goes this long after its first item. Default 50. */
  readonly batchTimeoutMs: Milliseconds;
  /** What a batch may grow to when more has piled up. Default: batchSize. */
  readonly maxBatchSize: number;
  /** Items that may wait. Default 10,000. */
  readonly maxQueueSize: number;
  /** What happens when more come. Default 'refuse'. */
  readonly overflow: OverflowPolicy;
  /** How often a batch that failed is tried again before it is reported. Default 1. */
  readonly maxRetries: number;
  /** How long to wait before that. Default 100. */
  readonly retryDelayMs: Milliseconds;
}

/** The options, all of which may be left out. */
export type BatchConfig = { readonly [Name in keyof BatchSettings]?: BatchSettings[Name] | undefined };

export const BATCH_DEFAULTS: BatchSettings = Object.freeze({
  batchSize: 10,
  batchTimeoutMs: 50,
  maxBatchSize: 10,
  maxQueueSize: 10_000,
  overflow: OverflowPolicy.REFUSE,
  maxRetries: 1,
  retryDelayMs: 100,
});

export const BATCH_CHECKS: Checks<BatchSettings> = {
  batchSize: positiveInteger,
  batchTimeoutMs: positive,
  maxBatchSize: positiveInteger,
  maxQueueSize: positiveInteger,
  overflow: oneOf(OverflowPolicy),
  maxRetries: nonNegativeInteger,
  retryDelayMs: nonNegative,
};

/** @throws ConfigError */
export function resolveBatchConfig(given: BatchConfig): BatchSettings {
  const config = resolveConfig('BatchUpdateThrottler', given, BATCH_DEFAULTS, BATCH_CHECKS);
  return Object.freeze({ ...config, maxBatchSize: Math.max(config.batchSize, given.maxBatchSize ?? config.batchSize) });
}
