import type { Milliseconds, MonotonicMs } from '../core/units.js';
import type { FrameLoad } from './rate/rate-controller.js';

/**
 * Left free in each frame of a lasting overload, as a share of it: clocks, garbage collection and the compositor want
 * some. A refresh that just fits may have it: what spills over is a whole frame late.
 */
const RESERVE = 0.14;
/** The configured budget counts as no more than this share of a frame; a fast display has short ones. */
const CONFIGURED_SHARE = 0.5;
/** However many frames are dropped, this share of the budget stays, so that updates go on. */
const LEAST = 0.25;
/** However long paints seem to take (other tasks may come before the end of one is seen), they count as no more than this. */
const LONGEST_REST = 0.18;
/** How fast the estimate of the rest of the frame follows: faster up than down, but not a single slow paint. */
const RISE = 0.25;
const FALL = 0.1;
/** How fast the estimate of a frame's usual delay rises; it falls at once. */
const DELAY_RISE = 0.01;
/** Fewer refreshes save paints as well, so the rate gives way first; from this share of dropped frames on, the budget does. */
const LOAD = 0.2;
const SHRINK = 0.85;
const RECOVER = 0.02;

/**
 * How long updates may run in a frame: the configured budget, or if it adapts and that is more, all that input before
 * and style, layout and paint after leave of the frame. Less while frames are dropped.
 */
export class FrameBudget {
  readonly #configuredMs: Milliseconds;
  readonly #adapts: boolean;
  #displayMs: Milliseconds | undefined;
  /** From the last update to the end of the frame's paint. */
  #restMs: Milliseconds | undefined;
  /** From a frame's time to its first update when nothing was in the way: frames are delivered that much late. */
  #delayMs: Milliseconds = Number.POSITIVE_INFINITY;
  #factor = 1;

  constructor(configuredMs: Milliseconds, adapts: boolean) {
    this.#configuredMs = configuredMs;
    this.#adapts = adapts;
  }

  /** Until when updates may run in the frame that began at `frameTime` and in which they start at `now`. */
  deadline(frameTime: MonotonicMs, now: MonotonicMs, overloaded: boolean): MonotonicMs {
    const delayMs = Math.max(0, now - frameTime);
    this.#delayMs = delayMs < this.#delayMs ? delayMs : this.#delayMs + (delayMs - this.#delayMs) * DELAY_RISE;
    if (!this.#adapts || this.#displayMs === undefined || this.#restMs === undefined) return now + this.#configuredMs;
    const configuredMs = Math.min(this.#configuredMs, this.#displayMs * CONFIGURED_SHARE);
    const restMs = Math.min(this.#restMs, this.#displayMs * LONGEST_REST);
    const roomMs = this.#displayMs * (overloaded ? 1 - RESERVE : 1) - restMs;
    return Math.max(now + configuredMs * this.#factor, frameTime + this.#delayMs + roomMs * this.#factor);
  }

  /** Takes how long the frame went on after the last update. */
  recordRest(restMs: Milliseconds): void {
    const known = this.#restMs ?? restMs;
    this.#restMs = known + (restMs - known) * (restMs > known ? RISE : FALL);
  }

  onFrame({ dropped, dropShare, displayIntervalMs }: FrameLoad): void {
    this.#displayMs = displayIntervalMs;
    if (!dropped) this.#factor = Math.min(1, this.#factor + RECOVER);
    else if (dropShare > LOAD) this.#factor = Math.max(LEAST, this.#factor * SHRINK);
  }
}
