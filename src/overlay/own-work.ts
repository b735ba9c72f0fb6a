import type { Clock } from '../core/clock.js';
import type { Milliseconds, MonotonicMs } from '../core/units.js';

/** Long frames are told some seconds after; by then older work has nothing to say. */
const KEPT_MS: Milliseconds = 10_000;

/** When the overlay itself was at work, so that its figures can leave that out. */
export class OwnWork {
  readonly #clock: Clock;
  readonly #since: MonotonicMs;
  #spans: { readonly from: MonotonicMs; readonly to: MonotonicMs }[] = [];
  #totalMs: Milliseconds = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#since = clock.now();
  }

  /** Does some of the overlay's work, and remembers how long it took. */
  run(work: () => void): void {
    const from = this.#clock.now();
    try {
      work();
    } finally {
      const to = this.#clock.now();
      this.#totalMs += to - from;
      this.#spans = this.#spans.filter((span) => to - span.to < KEPT_MS);
      this.#spans.push({ from, to });
    }
  }

  /** What the overlay cost the main thread so far, a second. */
  get msASecond(): Milliseconds {
    return (1_000 * this.#totalMs) / Math.max(1, this.#clock.now() - this.#since);
  }

  /** How much of that time was the overlay's. */
  within(start: MonotonicMs, durationMs: Milliseconds): Milliseconds {
    const end = start + durationMs;
    return this.#spans.reduce(
      (total, { from, to }) => total + Math.max(0, Math.min(to, end) - Math.max(from, start)),
      0,
    );
  }
}
