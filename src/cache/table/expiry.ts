import type { Clock } from '../../core/clock.js';
import type { Teardown } from '../../core/disposer.js';
import type { EpochMs, Milliseconds } from '../../core/units.js';

/** From one sweep to the next, at the least. */
const INTERVAL_MS: Milliseconds = 1_000;
/** Browsers take a longer delay for 0. */
const LONGEST_TIMER_MS: Milliseconds = 2 ** 31 - 1;

/**
 * When a cache's entries expire. Time stands still while one piece of script runs, so that a thousand reads in a row
 * look at the clock once, and at no entry's time unless one is over. It is wall time, which goes on while a laptop sleeps.
 * A sweep is due when the first entry expires, and again as long as there is one that can; no timer runs otherwise.
 */
export class Expiry {
  /** Whether an entry may have expired; while it is false, none has. */
  possible = false;
  readonly #clock: Clock;
  readonly #sweep: (now: EpochMs) => EpochMs;
  /** No entry expires before this. */
  #dueAt: EpochMs = Number.POSITIVE_INFINITY;
  #now: EpochMs = 0;
  #stale = true;
  #cancelTimer: Teardown | undefined;

  /** `sweep` drops what has expired at `now`, and returns when the next entry expires; `Infinity` where none does. */
  constructor(clock: Clock, sweep: (now: EpochMs) => EpochMs) {
    this.#clock = clock;
    this.#sweep = sweep;
  }

  /** The time of this piece of script. */
  now(): EpochMs {
    if (this.#stale) this.#read();
    return this.#now;
  }

  /** Whether an entry that expires at this time is over. */
  isOver(expiresAt: EpochMs): boolean {
    return expiresAt !== Number.POSITIVE_INFINITY && expiresAt <= this.now();
  }

  /** There is an entry that expires at this time. */
  expect(expiresAt: EpochMs): void {
    if (expiresAt < this.#dueAt) this.#arm(expiresAt);
  }

  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#dueAt = Number.POSITIVE_INFINITY;
    this.possible = false;
  }

  #read(): void {
    this.#now = this.#clock.wallNow();
    this.#stale = false;
    this.possible = this.#now >= this.#dueAt;
    queueMicrotask(this.#age);
  }

  readonly #age = () => {
    this.#stale = true;
    this.possible = this.#dueAt !== Number.POSITIVE_INFINITY;
  };

  #arm(dueAt: EpochMs): void {
    this.stop();
    if (dueAt === Number.POSITIVE_INFINITY) return;
    this.#dueAt = dueAt;
    this.possible = this.#stale || this.#now >= dueAt;
    const delay = Math.min(Math.max(dueAt - this.#clock.wallNow(), INTERVAL_MS), LONGEST_TIMER_MS);
    this.#cancelTimer = this.#clock.setTimer(() => this.#run(), delay);
  }

  #run(): void {
    this.#read();
    this.#arm(this.#sweep(this.#now));
  }
}
