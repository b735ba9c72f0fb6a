import type { Clock } from '../core/clock.js';
import type { EpochMs } from '../core/units.js';

/**
 * Wall time that stands still while one piece of script runs, so that a thousand reads in a row look at the clock once.
 * Wall time, as it is what goes on while a laptop sleeps.
 */
export class TaskClock {
  readonly #clock: Clock;
  readonly #expire = () => {
    this.#now = undefined;
  };
  #now: EpochMs | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): EpochMs {
    return this.#now ?? this.#read();
  }

  #read(): EpochMs {
    queueMicrotask(this.#expire);
    this.#now = this.#clock.wallNow();
    return this.#now;
  }
}
