import { FrameSeconds } from '../collect/frame-seconds.js';
import type { LongFrame } from '../collect/long-frames.js';
import type { Milliseconds } from '../core/units.js';
import type { OwnWork } from './own-work.js';

const KEPT_SECONDS = 120;
const KEPT_LONG_FRAMES = 50;
/** What the browser calls long (https://w3c.github.io/long-animation-frames/). */
const LONG_MS: Milliseconds = 50;

/** The frames of the last two minutes, second by second, and the newest long ones. Memory is bounded. */
export class FrameLog extends FrameSeconds {
  /** Newest first. */
  readonly longFrames: LongFrame[] = [];
  readonly #ownWork: Pick<OwnWork, 'within'>;

  constructor(ownWork: Pick<OwnWork, 'within'>) {
    super(KEPT_SECONDS);
    this.#ownWork = ownWork;
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
}
