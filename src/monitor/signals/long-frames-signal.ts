import { map, type Observable } from 'rxjs';
import { type LongFrame, longFrameSource, observeLongFrames } from '../../collect/index.js';
import type { Milliseconds, MonotonicMs } from '../../core/units.js';
import type { Signal, SignalContext, Take } from './signal.js';

export interface LongFrameFigures {
  readonly source: LongFrame['source'] | 'unsupported';
  readonly count: number;
  /** All their time together. */
  readonly totalMs: Milliseconds;
  /** The newest, oldest first. */
  readonly recent: readonly LongFrame[];
}

const KEPT = 50;

/** Long animation frames, or long tasks: the newest with the scripts to blame. */
export class LongFramesSignal implements Signal {
  #source: LongFrameFigures['source'] = 'unsupported';
  #count = 0;
  #totalMs: Milliseconds = 0;
  #recent: LongFrame[] = [];
  #countedUntil: MonotonicMs = Number.NEGATIVE_INFINITY;

  tell(figures: { longFrames?: LongFrameFigures }): void {
    const recent = [...this.#recent];
    figures.longFrames = { source: this.#source, count: this.#count, totalMs: this.#totalMs, recent };
  }

  connect({ environment }: SignalContext): Observable<Take> {
    this.#source = longFrameSource(environment);
    return observeLongFrames(environment).pipe(map((frame) => () => this.#record(frame)));
  }

  #record(frame: LongFrame): void {
    // After a restart the browser tells again what it has buffered.
    if (frame.startTime <= this.#countedUntil) return;
    this.#countedUntil = frame.startTime;
    this.#count++;
    this.#totalMs += frame.durationMs;
    this.#recent.push(frame);
    if (this.#recent.length > KEPT) this.#recent.shift();
  }
}
