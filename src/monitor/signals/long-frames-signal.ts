import type { Subscription } from 'rxjs';
import { type LongFrame, longFrameSource, observeLongFrames } from '../../collect/index.js';
import type { Clock } from '../../core/clock.js';
import type { Milliseconds, MonotonicMs } from '../../core/units.js';
import { Ring } from './ring.js';
import type { Signal, SignalContext } from './signal.js';

/** What kept the main thread for more than 50 ms at a time. */
export interface LongFrameFigures {
  readonly source: LongFrame['source'] | 'unsupported';
  readonly count: number;
  /** All their time together. */
  readonly totalMs: Milliseconds;
  /** Their share of the last ten seconds; undefined where the browser tells of none. */
  readonly busyPercent: number | undefined;
  /** The newest, oldest first. */
  readonly recent: readonly LongFrame[];
}

const KEPT = 50;
const WINDOW_MS: Milliseconds = 10_000;

/** Long animation frames, or long tasks: the newest with the scripts to blame. */
export class LongFramesSignal implements Signal {
  readonly #recent = new Ring<LongFrame>(KEPT);
  #source: LongFrameFigures['source'] = 'unsupported';
  #count = 0;
  #totalMs: Milliseconds = 0;
  #toldUntil: MonotonicMs = Number.NEGATIVE_INFINITY;
  #clock: Clock | undefined;

  connect({ clock, environment, listen }: SignalContext): Subscription {
    this.#clock = clock;
    this.#source = longFrameSource(environment);
    return listen(observeLongFrames(environment), (frame) => this.#record(frame));
  }

  tell(figures: { longFrames?: LongFrameFigures }): void {
    figures.longFrames = {
      source: this.#source,
      count: this.#count,
      totalMs: this.#totalMs,
      busyPercent: this.#busyPercent(),
      recent: this.#recent.items,
    };
  }

  #busyPercent(): number | undefined {
    if (!this.#clock || this.#source === 'unsupported') return undefined;
    const now = this.#clock.now();
    const since = now - WINDOW_MS;
    const busy = this.#recent.items.reduce(
      (sum, { startTime, durationMs }) => sum + Math.max(0, startTime + durationMs - Math.max(since, startTime)),
      0,
    );
    return Math.min(100, (100 * busy) / WINDOW_MS);
  }

  #record(frame: LongFrame): void {
    // After a restart the browser tells again what it has buffered.
    if (frame.startTime <= this.#toldUntil) return;
    this.#toldUntil = frame.startTime;
    this.#count++;
    this.#totalMs += frame.durationMs;
    this.#recent.push(frame);
  }
}
