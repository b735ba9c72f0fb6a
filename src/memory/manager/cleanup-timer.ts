import type { Clock } from '../../core/clock.js';
import type { Teardown } from '../../core/disposer.js';
import type { Milliseconds } from '../../core/units.js';

interface CleanupTimerOptions {
  readonly clock: Clock;
  readonly intervalMs: Milliseconds;
  /** Whether anything is kept: a page is not woken to look at nothing. */
  readonly isNeeded: () => boolean;
  readonly cleanUp: () => void;
}

/** Cleans up again and again from `start()` to `stop()`, while there is something to clean. */
export class CleanupTimer {
  readonly #options: CleanupTimerOptions;
  #running = false;
  #cancel: Teardown | undefined;

  constructor(options: CleanupTimerOptions) {
    this.#options = options;
  }

  get running(): boolean {
    return this.#running;
  }

  start(): void {
    this.#running = true;
    this.arm();
  }

  stop(): void {
    this.#running = false;
    this.rest();
  }

  /** There may be something to clean: the next clean-up is an interval from now, unless one is due already. */
  arm(): void {
    const { clock, intervalMs, isNeeded, cleanUp } = this.#options;
    if (!this.#running || this.#cancel || !isNeeded()) return;
    this.#cancel = clock.setTimer(() => {
      this.#cancel = undefined;
      cleanUp();
      this.arm();
    }, intervalMs);
  }

  /** There is nothing left to clean. */
  rest(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
