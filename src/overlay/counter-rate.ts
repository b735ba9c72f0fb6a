import type { Milliseconds, MonotonicMs } from '../core/units.js';

/** How fast a counter grows, a second: over the last `windowMs`, so that the figure can be read. */
export class CounterRate {
  readonly #windowMs: Milliseconds;
  #history: { readonly time: MonotonicMs; readonly count: number }[] = [];

  constructor(windowMs: Milliseconds = 1_000) {
    this.#windowMs = windowMs;
  }

  /** Takes the counter's newest reading. @returns the rate; `undefined` at the first. */
  record(count: number, now: MonotonicMs): number | undefined {
    // The newest reading that is old enough stays as the one to compare with.
    const past = this.#history.findLastIndex(({ time }) => now - time >= this.#windowMs);
    this.#history = this.#history.slice(Math.max(0, past));
    const base = this.#history[0];
    this.#history.push({ time: now, count });
    return base && now > base.time ? (1_000 * (count - base.count)) / (now - base.time) : undefined;
  }
}
