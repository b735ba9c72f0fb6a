import type { Subscription } from 'rxjs';
import { FrameSeconds } from '../../collect/frame-seconds.js';
import { type FrameSample, observeFrames } from '../../collect/index.js';
import type { Milliseconds, MonotonicMs } from '../../core/units.js';
import type { Signal, SignalContext } from './signal.js';

/** The frames of the last ten seconds, and how many there were in all. */
export interface FrameFigures {
  /** Undefined where none was watched: the page rests or is hidden. */
  readonly framesPerSecond: number | undefined;
  readonly droppedPercent: number | undefined;
  readonly longestMs: Milliseconds | undefined;
  /** In all, as far as they were watched. */
  readonly delivered: number;
  readonly dropped: number;
}

const WINDOW_SECONDS = 10;

/** Frames delivered and dropped: of the last ten seconds, and in all. */
export class FramesSignal implements Signal {
  // The second that runs is looked at as well.
  readonly #seconds = new FrameSeconds(WINDOW_SECONDS + 1);
  #delivered = 0;
  #dropped = 0;
  #now: () => MonotonicMs = () => 0;

  connect({ clock, environment, listen }: SignalContext): Subscription {
    this.#now = () => clock.now();
    return listen(observeFrames({ clock, environment, quiet: true }), (sample) => this.#record(sample));
  }

  tell(figures: { frames?: FrameFigures }): void {
    const recent = this.#seconds.summary(WINDOW_SECONDS, this.#now());
    figures.frames = {
      framesPerSecond: recent?.framesPerSecond,
      droppedPercent: recent?.droppedPercent,
      longestMs: recent?.longestMs,
      delivered: this.#delivered,
      dropped: this.#dropped,
    };
  }

  #record(sample: FrameSample): void {
    if (sample.intervalMs === undefined) return;
    this.#seconds.record(sample);
    this.#delivered++;
    this.#dropped += sample.dropped;
  }
}
