import type { Clock } from '../core/clock.js';
import type { Teardown } from '../core/disposer.js';
import type { EpochMs, Milliseconds } from '../core/units.js';

/** From one sweep to the next, at the least. */
const INTERVAL_MS: Milliseconds = 1_000;

/** Calls `sweep` when the first entry expires, and again as long as there is one that can; no timer runs otherwise. */
export class ExpirySweep {
  readonly #clock: Clock;
  readonly #sweep: (now: EpochMs) => EpochMs;
  #dueAt: EpochMs = Number.POSITIVE_INFINITY;
  #cancelTimer: Teardown | undefined;

  /** `sweep` drops what has expired at `now`, and returns when the next entry expires; `Infinity` where none does. */
  constructor(clock: Clock, sweep: (now: EpochMs) => EpochMs) {
    this.#clock = clock;
    this.#sweep = sweep;
  }

  /** An entry expires at this time. */
  expect(expiresAt: EpochMs): void {
    if (expiresAt < this.#dueAt) this.#arm(expiresAt);
  }

  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#dueAt = Number.POSITIVE_INFINITY;
  }

  #arm(dueAt: EpochMs): void {
    this.stop();
    if (dueAt === Number.POSITIVE_INFINITY) return;
    this.#dueAt = dueAt;
    const delay = Math.min(Math.max(dueAt - this.#clock.wallNow(), INTERVAL_MS), LONGEST_TIMER_MS);
    this.#cancelTimer = this.#clock.setTimer(() => this.#run(), delay);
  }

  #run(): void {
    this.#arm(this.#sweep(this.#clock.wallNow()));
  }
}

/** Browsers take a longer delay for 0. */
const LONGEST_TIMER_MS: Milliseconds = 2 ** 31 - 1;
