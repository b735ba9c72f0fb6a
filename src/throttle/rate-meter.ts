import type { Milliseconds, MonotonicMs } from '../core/units.js';

const WINDOW_MS: Milliseconds = 1_000;

/** Counts events over the last second, as far as two fixed windows tell: this one, and its share of the one before. */
export class RateMeter {
  #since: MonotonicMs = 0;
  #current = 0;
  #previous = 0;

  count(time: MonotonicMs, events: number): void {
    this.#roll(time);
    this.#current += events;
  }

  perSecond(time: MonotonicMs): number {
    this.#roll(time);
    return Math.round(this.#previous * (1 - (time - this.#since) / WINDOW_MS)) + this.#current;
  }

  #roll(time: MonotonicMs): void {
    const passed = Math.floor((time - this.#since) / WINDOW_MS);
    if (passed < 1) return;
    this.#previous = passed === 1 ? this.#current : 0;
    this.#current = 0;
    this.#since += passed * WINDOW_MS;
  }
}
