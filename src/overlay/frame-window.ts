import type { Milliseconds, MonotonicMs } from '../core/units.js';

/** The part of a frame sample that is looked at (collect/frames.ts). */
export interface FrameTiming {
  /** When the frame began. */
  readonly time: MonotonicMs;
  /** The time since the frame before; `undefined` after a rest. */
  readonly intervalMs: Milliseconds | undefined;
}

/** The frames of the last few seconds, in two figures. */
export class FrameWindow {
  readonly #lengthMs: Milliseconds;
  #frames: FrameTiming[] = [];

  constructor(lengthMs: Milliseconds) {
    this.#lengthMs = lengthMs;
  }

  record(frame: FrameTiming): void {
    this.#frames.push(frame);
  }

  /** Frames a second while frames were watched, and the longest interval; `undefined` where none was seen. */
  read(now: MonotonicMs): {
    readonly framesPerSecond: number | undefined;
    readonly longestMs: Milliseconds | undefined;
  } {
    const since = now - this.#lengthMs;
    this.#frames = this.#frames.filter(({ time }) => time > since);
    let longestMs: Milliseconds | undefined;
    let watchedMs = 0;
    let count = 0;
    for (const { intervalMs } of this.#frames) {
      if (intervalMs === undefined) continue;
      count++;
      watchedMs += intervalMs;
      longestMs = Math.max(longestMs ?? 0, intervalMs);
    }
    return { framesPerSecond: watchedMs > 0 ? (1_000 * count) / watchedMs : undefined, longestMs };
  }

  clear(): void {
    this.#frames = [];
  }
}
