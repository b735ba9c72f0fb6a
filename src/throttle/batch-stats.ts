import type { Summary } from '../core/quantiles.js';

/** What a batch throttler has done. added = processed + failed + dropped + pending. */
export interface BatchStats {
  readonly added: number;
  readonly processed: number;
  /** Items in batches that were given up. */
  readonly failed: number;
  /** Items that made way for newer ones. */
  readonly dropped: number;
  /** Items turned away. */
  readonly refused: number;
  /** Items that wait, those in the batch under way included. */
  readonly pending: number;
  readonly batches: number;
  readonly retries: number;
  /** From a batch's oldest item to its processing, in milliseconds. */
  readonly latency: Summary;
}
