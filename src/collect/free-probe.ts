import type { Clock } from '../core/clock.js';
import type { Teardown } from '../core/disposer.js';
import type { Milliseconds } from '../core/units.js';

/** A timer that comes later than this was held up. */
const LATE_MS: Milliseconds = 2;

/** Tells whether the main thread was free at one moment: a timer set for it came in time. */
export class FreeProbe {
  readonly #clock: Clock;
  #free = false;
  #cancel: Teardown | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Asks about the moment in `afterMs`. */
  ask(afterMs: Milliseconds): void {
    this.cancel();
    // Browsers cut the delay to whole milliseconds.
    const delay = Math.floor(afterMs);
    const due = this.#clock.now() + delay;
    this.#cancel = this.#clock.setTimer(() => {
      this.#free = this.#clock.now() - due <= LATE_MS;
    }, delay);
  }

  /** Whether it was; false as well when that moment is still to come, or nobody has asked. */
  answer(): boolean {
    const free = this.#free;
    this.cancel();
    return free;
  }

  cancel(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#free = false;
  }
}
