import type { Milliseconds, MonotonicMs } from '../../core/units.js';
import type { RateController } from './rate-controller.js';

/** Frame times wobble by less than this; a refresh that is due within it does not wait for another frame. */
const TOLERANCE_MS: Milliseconds = 1;

/**
 * Evenly spaced refreshes, never more than the rate in any window of one second.
 * The schedule keeps its phase over frames that come late, so that the rate is also reached.
 */
export class FixedRate implements RateController {
  readonly rate: number;
  readonly #intervalMs: Milliseconds;
  /** When the latest refreshes began, as many as may begin in a second; a ring. */
  readonly #starts: MonotonicMs[];
  #next = 0;
  #dueAt: MonotonicMs = Number.NEGATIVE_INFINITY;

  constructor(maxUpdatesPerSecond: number, minUpdateIntervalMs: Milliseconds) {
    this.#intervalMs = Math.max(1_000 / maxUpdatesPerSecond, minUpdateIntervalMs);
    this.rate = 1_000 / this.#intervalMs;
    this.#starts = new Array<MonotonicMs>(Math.max(1, Math.floor(maxUpdatesPerSecond))).fill(Number.NEGATIVE_INFINITY);
  }

  tryAcquire(time: MonotonicMs): boolean {
    if (this.waitMs(time) > 0) return false;
    // After a pause the schedule starts anew: nothing is caught up.
    const onSchedule = time - this.#dueAt < this.#intervalMs;
    this.#dueAt = (onSchedule ? this.#dueAt : time) + this.#intervalMs;
    this.#starts[this.#next] = time;
    this.#next = (this.#next + 1) % this.#starts.length;
    return true;
  }

  waitMs(time: MonotonicMs): Milliseconds {
    const oldest = this.#starts[this.#next] ?? Number.NEGATIVE_INFINITY;
    const window = this.rate < 1 ? this.#intervalMs : 1_000;
    return Math.max(0, this.#dueAt - TOLERANCE_MS - time, oldest + window - time);
  }
}
