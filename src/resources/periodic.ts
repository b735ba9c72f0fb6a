import type { Clock } from '../core/clock.js';
import type { Teardown } from '../core/disposer.js';
import type { Milliseconds } from '../core/units.js';

/** Runs a task again and again, `intervalMs` after it last ended. */
export class Periodic {
  readonly #task: (signal: AbortSignal) => Promise<unknown>;
  readonly #intervalMs: Milliseconds;
  readonly #clock: Clock;
  #running: AbortController | undefined;
  #cancelTimer: Teardown | undefined;

  /** `task` must not reject. */
  constructor(task: (signal: AbortSignal) => Promise<unknown>, intervalMs: Milliseconds, clock: Clock) {
    this.#task = task;
    this.#intervalMs = intervalMs;
    this.#clock = clock;
  }

  get running(): boolean {
    return this.#running !== undefined;
  }

  start(): void {
    if (this.#running) return;
    this.#running = new AbortController();
    this.#arm(this.#running.signal);
  }

  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  #arm(signal: AbortSignal): void {
    this.#cancelTimer = this.#clock.setTimer(() => void this.#run(signal), this.#intervalMs);
  }

  async #run(signal: AbortSignal): Promise<void> {
    await this.#task(signal);
    if (!signal.aborted) this.#arm(signal);
  }
}
