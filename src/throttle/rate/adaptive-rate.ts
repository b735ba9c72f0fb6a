import type { Milliseconds, MonotonicMs } from '../../core/units.js';
import type { FrameLoad, RateController } from './rate-controller.js';

/** The rate never falls below this many refreshes a second (or the configured rate, if that is lower). */
const FLOOR = 5;
/** Additive increase: refreshes a second won back with each second in which frames were kept. */
const INCREASE_PER_SECOND = 10;
/** What one kept frame can stand for, when refreshes are rare. */
const LONGEST_CREDIT_MS: Milliseconds = 500;
/** Multiplicative decrease, when frames were dropped. */
const DECREASE = 0.7;
/** One cause drops several frames in a row; it slows the rate once. */
const DECREASE_PAUSE_MS: Milliseconds = 250;
/** A frame that is dropped now and then is noise; from this share on, it is load. */
const LOAD = 0.1;
/** Part of a frame by which a refresh may come early rather than a frame late. */
const TOLERANCE = 0.25;

/**
 * Follows the frames, by additive increase and multiplicative decrease (Chiu & Jain 1989): starts at the ceiling,
 * which is the configured rate or the display's, whichever is lower, and gives way when frames are dropped.
 */
export class AdaptiveRate implements RateController {
  readonly #maxRate: number;
  readonly #minIntervalMs: Milliseconds;
  #rate: number;
  #toleranceMs: Milliseconds = 1;
  #startedAt: MonotonicMs = Number.NEGATIVE_INFINITY;
  #decreasedAt: MonotonicMs = Number.NEGATIVE_INFINITY;
  #judgedAt: MonotonicMs = Number.NEGATIVE_INFINITY;

  constructor(maxUpdatesPerSecond: number, minUpdateIntervalMs: Milliseconds) {
    this.#maxRate = maxUpdatesPerSecond;
    this.#minIntervalMs = minUpdateIntervalMs;
    this.#rate = maxUpdatesPerSecond;
  }

  get rate(): number {
    return this.#rate;
  }

  tryAcquire(time: MonotonicMs): boolean {
    if (this.waitMs(time) > 0) return false;
    this.#startedAt = time;
    return true;
  }

  waitMs(time: MonotonicMs): Milliseconds {
    const intervalMs = Math.max(1_000 / this.#rate, this.#minIntervalMs);
    return Math.max(0, this.#startedAt + intervalMs - this.#toleranceMs - time);
  }

  onFrame({ time, dropped, dropShare, displayIntervalMs }: FrameLoad): void {
    const ceiling = Math.min(this.#maxRate, 1_000 / displayIntervalMs);
    const creditMs = Math.min(LONGEST_CREDIT_MS, time - this.#judgedAt);
    this.#judgedAt = time;
    this.#toleranceMs = displayIntervalMs * TOLERANCE;
    if (!dropped) {
      this.#rate = Math.min(ceiling, this.#rate + (INCREASE_PER_SECOND * creditMs) / 1_000);
    } else if (dropShare > LOAD && time - this.#decreasedAt >= DECREASE_PAUSE_MS) {
      this.#rate = Math.max(Math.min(FLOOR, ceiling), Math.min(this.#rate, ceiling) * DECREASE);
      this.#decreasedAt = time;
    }
  }
}
