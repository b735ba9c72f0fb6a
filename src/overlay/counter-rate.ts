import type { Milliseconds, MonotonicMs } from '../core/units.js';

/** Shorter than this the figure would change too fast to be read. */
const WINDOW_MS: Milliseconds = 1_000;

/** How fast a counter has grown over the last second. */
export class CounterRate {
  #history: { readonly time: MonotonicMs; readonly count: number }[] = [];

  /** Takes the counter's newest reading. @returns the rate; `undefined` at the first. */
  record(count: number, now: MonotonicMs): number | undefined {
    // The newest reading that is old enough stays as the one to compare with.
    const past = this.#history.findLastIndex(({ time }) => now - time >= WINDOW_MS);
    this.#history = this.#history.slice(Math.max(0, past));
    const base = this.#history[0];
    this.#history.push({ time: now, count });
    return base && now > base.time ? (1_000 * (count - base.count)) / (now - base.time) : undefined;
  }
}
