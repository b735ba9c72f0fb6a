import type { Clock } from '../core/clock.js';
import type { Milliseconds, MonotonicMs } from '../core/units.js';
import type { SelfStats } from './performance-stats.js';

/** Looking less often: at most this many times as long between two looks. */
const SLOWEST = 16;
/** Below this share of the budget it looks more often again. */
const EASE = 0.25;

/**
 * What poise itself costs the main thread, as far as its own code is run through `run()`. Past its budget the monitor
 * looks less often: `slowdown` says by how much.
 */
export class SelfCost {
  readonly #clock: Clock;
  readonly #budgetPercent: number;
  #totalMs: Milliseconds = 0;
  #depth = 0;
  #windowFrom: MonotonicMs;
  #windowMs: Milliseconds = 0;
  #percent: number | undefined;
  #slowdown = 1;

  constructor(clock: Clock, budgetPercent: number) {
    this.#clock = clock;
    this.#budgetPercent = budgetPercent;
    this.#windowFrom = clock.now();
  }

  /** Main-thread time since the beginning. */
  get mainThreadMs(): Milliseconds {
    return this.#totalMs;
  }

  /** The share of the main thread over the last window, in percent; undefined before the first has passed. */
  get mainThreadPercent(): number | undefined {
    return this.#percent;
  }

  /** How many times as long poise waits between two looks: 1 while it keeps its budget. */
  get slowdown(): number {
    return this.#slowdown;
  }

  get figures(): Omit<SelfStats, 'heldBytes'> {
    const { mainThreadMs, mainThreadPercent, slowdown } = this;
    return { mainThreadMs, mainThreadPercent, slowdown };
  }

  /** Does some of poise's own work and counts its time; work within work counts once. */
  run<Result>(work: () => Result): Result {
    if (this.#depth > 0) return work();
    const from = this.#clock.now();
    this.#depth++;
    try {
      return work();
    } finally {
      this.#depth--;
      const took = this.#clock.now() - from;
      this.#totalMs += took;
      this.#windowMs += took;
    }
  }

  /** Ends a window: the share of the main thread is that of the time since the last one. */
  settle(): void {
    const now = this.#clock.now();
    if (now <= this.#windowFrom) return;
    this.#percent = (100 * this.#windowMs) / (now - this.#windowFrom);
    this.#windowFrom = now;
    this.#windowMs = 0;
    if (this.#percent > this.#budgetPercent) this.#slowdown = Math.min(SLOWEST, this.#slowdown * 2);
    else if (this.#percent < this.#budgetPercent * EASE) this.#slowdown = Math.max(1, this.#slowdown / 2);
  }
}
