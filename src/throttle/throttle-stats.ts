import type { Summary } from '../core/quantiles.js';

/** What a throttler has done (seed 004: Throttling Metrics). requested = executed + coalesced + refused + cancelled + pending. */
export interface ThrottleStats {
  /** Requests made, forced ones included. */
  readonly requested: number;
  /** Updates that ran, failed ones included. */
  readonly executed: number;
  /** Requests that came while the rate let no refresh begin, so that they had to wait. */
  readonly throttled: number;
  /** Requests that a newer one with the same key replaced before they ran. */
  readonly coalesced: number;
  /** Requests turned away because the queue was full. */
  readonly refused: number;
  /** Requests withdrawn by `cancel()`. */
  readonly cancelled: number;
  /** Updates that threw or rejected. */
  readonly failed: number;
  /** Updates that wait to run. */
  readonly pending: number;
  /** Refreshes begun. */
  readonly refreshes: number;
  /** Refreshes a second that the mode allows just now. */
  readonly rateLimit: number;
  /** Updates run in the last second. */
  readonly currentRate: number;
  /** Updates run a second, over the time since the start. */
  readonly averageRate: number;
  /** Times that refreshes ran ahead of the sustained rate (burst mode). */
  readonly burstEvents: number;
  /** From the oldest request that an update stands for to its run, in milliseconds. */
  readonly latency: Summary;
}
