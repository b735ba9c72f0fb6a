import type { Teardown } from './disposer.js';
import type { EpochMs, Milliseconds, MonotonicMs } from './units.js';
import { yieldToMain } from './yield-to-main.js';

/** Time as poise sees it. Everything that waits or dates takes one, so that tests can turn the hands. */
export interface Clock {
  /** Monotonic time, for durations and deadlines. */
  now(): MonotonicMs;
  /** Wall-clock time, for what is stored or shown. */
  wallNow(): EpochMs;
  /** The wall-clock time of a monotonic reading. */
  toEpoch(time: MonotonicMs): EpochMs;
  /** Runs `callback` once after `delay`. Returns what cancels it. */
  setTimer(callback: () => void, delay: Milliseconds): Teardown;
  /** Runs `callback` once on the next frame with the frame's time. Hidden pages have no frames. */
  requestFrame(callback: (time: MonotonicMs) => void): Teardown;
  /** Runs `callback` in a task of its own as soon as can be: asked from a frame, that is after its paint. */
  afterTask(callback: () => void): void;
}

/** Past this the two clocks have parted: the machine slept, or somebody set the time. */
const DRIFT_LIMIT_MS = 1_000;

/**
 * The browser's own time. `toEpoch` re-anchors itself after the machine slept, where
 * `performance.now()` stands still in some engines while wall time goes on (w3c/hr-time#115).
 */
export class SystemClock implements Clock {
  #originEpochMs: EpochMs = performance.timeOrigin;

  now(): MonotonicMs {
    return performance.now();
  }

  wallNow(): EpochMs {
    return Date.now();
  }

  toEpoch(time: MonotonicMs): EpochMs {
    const origin = Date.now() - performance.now();
    if (Math.abs(origin - this.#originEpochMs) > DRIFT_LIMIT_MS) this.#originEpochMs = origin;
    return this.#originEpochMs + time;
  }

  setTimer(callback: () => void, delay: Milliseconds): Teardown {
    const id = setTimeout(callback, delay);
    return () => clearTimeout(id);
  }

  requestFrame(callback: (time: MonotonicMs) => void): Teardown {
    if (typeof requestAnimationFrame === 'undefined') return this.setTimer(() => callback(this.now()), 16);
    const id = requestAnimationFrame(callback);
    return () => cancelAnimationFrame(id);
  }

  afterTask(callback: () => void): void {
    void yieldToMain().then(callback);
  }
}
