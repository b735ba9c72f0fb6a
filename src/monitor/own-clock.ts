import type { Clock } from '../core/clock.js';
import type { Teardown } from '../core/disposer.js';
import type { EpochMs, Milliseconds, MonotonicMs } from '../core/units.js';
import type { SelfCost } from './self-cost.js';

/** Shorter waits than this are part of one measurement, and are not stretched. */
const LEAST_STRETCHED_MS: Milliseconds = 100;

interface OwnClockOptions {
  /** Whether waits grow by the slowdown: for what samples, and may as well sample less often. */
  readonly stretched: boolean;
}

/** The time of poise's own work: what timers and frames take counts as its cost. */
export class OwnClock implements Clock {
  readonly #clock: Clock;
  readonly #cost: SelfCost;
  readonly #stretched: boolean;

  constructor(clock: Clock, cost: SelfCost, { stretched }: OwnClockOptions) {
    this.#clock = clock;
    this.#cost = cost;
    this.#stretched = stretched;
  }

  now(): MonotonicMs {
    return this.#clock.now();
  }

  wallNow(): EpochMs {
    return this.#clock.wallNow();
  }

  toEpoch(time: MonotonicMs): EpochMs {
    return this.#clock.toEpoch(time);
  }

  setTimer(callback: () => void, delay: Milliseconds): Teardown {
    const factor = this.#stretched && delay >= LEAST_STRETCHED_MS ? this.#cost.slowdown : 1;
    return this.#clock.setTimer(() => this.#cost.run(callback), delay * factor);
  }

  requestFrame(callback: (time: MonotonicMs) => void): Teardown {
    return this.#clock.requestFrame((time) => this.#cost.run(() => callback(time)));
  }

  afterTask(callback: () => void): void {
    this.#clock.afterTask(() => this.#cost.run(callback));
  }
}
