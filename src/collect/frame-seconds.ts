import type { Milliseconds, MonotonicMs } from '../core/units.js';
import type { FrameSample } from './frames.js';

/** One second of frames. */
export interface FrameSecond {
  readonly second: number;
  delivered: number;
  dropped: number;
  watchedMs: Milliseconds;
  longestMs: Milliseconds;
}

/** Some seconds of frames in one. */
export interface FrameSummary {
  readonly framesPerSecond: number;
  readonly droppedPercent: number;
  readonly longestMs: Milliseconds;
}

/** The newest seconds in which frames were watched, each summed up. */
export class FrameSeconds {
  readonly seconds: FrameSecond[] = [];
  readonly #kept: number;

  constructor(kept: number) {
    this.#kept = kept;
  }

  record({ time, intervalMs, dropped }: FrameSample): void {
    if (intervalMs === undefined) return;
    const second = Math.floor(time / 1_000);
    let last = this.seconds.at(-1);
    if (last?.second !== second) {
      last = { second, delivered: 0, dropped: 0, watchedMs: 0, longestMs: 0 };
      this.seconds.push(last);
      if (this.seconds.length > this.#kept) this.seconds.shift();
    }
    last.delivered++;
    last.dropped += dropped;
    last.watchedMs += intervalMs;
    last.longestMs = Math.max(last.longestMs, intervalMs);
  }

  /** The last whole seconds before `now`, and what there is of this one; `undefined` where no frame was watched. */
  summary(seconds: number, now: MonotonicMs): FrameSummary | undefined {
    const since = Math.floor(now / 1_000) - seconds;
    const recent = this.seconds.filter(({ second, watchedMs }) => second >= since && watchedMs > 0);
    if (recent.length === 0) return undefined;
    const sum = (pick: (second: FrameSecond) => number) => recent.reduce((total, second) => total + pick(second), 0);
    const delivered = sum((second) => second.delivered);
    const dropped = sum((second) => second.dropped);
    return {
      framesPerSecond: (1_000 * delivered) / sum(({ watchedMs }) => watchedMs),
      droppedPercent: (100 * dropped) / (delivered + dropped),
      longestMs: Math.max(...recent.map(({ longestMs }) => longestMs)),
    };
  }
}
