import type { Milliseconds, MonotonicMs } from '../core/units.js';
import type { FrameLoad } from './rate/rate-controller.js';

/** Left free in each frame, as a share of it: clocks, garbage collection and the compositor want some. */
const RESERVE = 0.12;
/** However little a frame leaves, this share of it goes to updates, so that they go on. */
const LEAST = 0.15;
/** How fast the estimate of the rest of the frame follows when it falls; it rises at once. */
const DECAY = 0.1;
const DROPPED = 1.5;
const SHRINK = 0.8;
const RECOVER = 0.02;

/**
 * How long updates may run in a frame. Until the display's rate is known it is the configured budget; then, if it
 * adapts, all of the frame that input before and style, layout and paint after leave over, less after a dropped frame.
 */
export class FrameBudget {
  readonly #configuredMs: Milliseconds;
  readonly #adapts: boolean;
  #displayMs: Milliseconds | undefined;
  /** From the last update to the end of the frame's paint. */
  #restMs: Milliseconds | undefined;
  #factor = 1;

  constructor(configuredMs: Milliseconds, adapts: boolean) {
    this.#configuredMs = configuredMs;
    this.#adapts = adapts;
  }

  /** Until when updates may run in the frame that began at `frameTime` and in which they start at `now`. */
  deadline(frameTime: MonotonicMs, now: MonotonicMs): MonotonicMs {
    if (!this.#adapts || this.#displayMs === undefined || this.#restMs === undefined) return now + this.#configuredMs;
    const least = now + this.#displayMs * LEAST;
    const roomMs = this.#displayMs * (1 - RESERVE) - this.#restMs;
    return Math.max(least, frameTime + roomMs * this.#factor);
  }

  /** Takes how long the frame went on after the last update. */
  recordRest(restMs: Milliseconds): void {
    const known = this.#restMs ?? restMs;
    const next = restMs > known ? restMs : known + (restMs - known) * DECAY;
    this.#restMs = Math.min(next, this.#displayMs ?? next);
  }

  onFrame({ intervalMs, displayIntervalMs }: FrameLoad): void {
    this.#displayMs = displayIntervalMs;
    const dropped = intervalMs > displayIntervalMs * DROPPED;
    this.#factor = dropped ? Math.max(LEAST, this.#factor * SHRINK) : Math.min(1, this.#factor + RECOVER);
  }
}
