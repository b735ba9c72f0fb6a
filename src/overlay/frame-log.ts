import type { FrameSample } from '../collect/frames.js';
import type { LongFrame } from '../collect/long-frames.js';
import type { Milliseconds, MonotonicMs } from '../core/units.js';
import type { OwnWork } from './own-work.js';

/** One second of frames. */
export interface FrameSecond {
  readonly second: number;
  delivered: number;
  dropped: number;
  watchedMs: Milliseconds;
  longestMs: Milliseconds;
}

/** Seconds that are kept. */
const KEPT_SECONDS = 120;
const KEPT_LONG_FRAMES = 50;
/** What the browser calls long (https://w3c.github.io/long-animation-frames/). */
const LONG_MS: Milliseconds = 50;

/** The frames of the last two minutes, second by second, and the newest long ones. Memory is bounded. */
export class FrameLog {
  readonly #ownWork: Pick<OwnWork, 'within'>;
  readonly seconds: FrameSecond[] = [];
  /** Newest first. */
  readonly longFrames: LongFrame[] = [];

  constructor(ownWork: Pick<OwnWork, 'within'>) {
    this.#ownWork = ownWork;
  }

  record({ time, intervalMs, dropped }: FrameSample): void {
    const second = Math.floor(time / 1_000);
    let last = this.seconds.at(-1);
    if (last?.second !== second) {
      last = { second, delivered: 0, dropped: 0, watchedMs: 0, longestMs: 0 };
      this.seconds.push(last);
      if (this.seconds.length > KEPT_SECONDS) this.seconds.shift();
    }
    if (intervalMs === undefined) return;
    last.delivered++;
    last.dropped += dropped;
    last.watchedMs += intervalMs;
    last.longestMs = Math.max(last.longestMs, intervalMs);
  }

  /** Takes a long frame, less what the overlay itself did in it; one that is long only by that is left out. */
  recordLong(frame: LongFrame): void {
    const durationMs = frame.durationMs - this.#ownWork.within(frame.startTime, frame.durationMs);
    if (durationMs < LONG_MS) return;
    this.longFrames.unshift({ ...frame, durationMs });
    if (this.longFrames.length > KEPT_LONG_FRAMES) this.longFrames.pop();
  }

  clear(): void {
    this.seconds.length = 0;
    this.longFrames.length = 0;
  }

  /** The last `seconds` whole seconds before `now` in one: `undefined` where no frame was watched. */
  summary(
    seconds: number,
    now: MonotonicMs,
  ):
    | {
        readonly framesPerSecond: number;
        readonly droppedPercent: number;
        readonly longestMs: Milliseconds;
      }
    | undefined {
    const since = Math.floor(now / 1_000) - seconds;
    const recent = this.seconds.filter(({ second, delivered }) => second >= since && delivered > 0);
    if (recent.length === 0) return undefined;
    const sum = (pick: (second: FrameSecond) => number) => recent.reduce((total, second) => total + pick(second), 0);
    const delivered = sum((second) => second.delivered);
    const dropped = sum((second) => second.dropped);
    return {
      framesPerSecond: (1_000 * delivered) / sum((second) => second.watchedMs),
      droppedPercent: (100 * dropped) / (delivered + dropped),
      longestMs: Math.max(...recent.map(({ longestMs }) => longestMs)),
    };
  }
}
