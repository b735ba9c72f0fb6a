import { map, type Observable } from 'rxjs';
import { type FrameSample, observeFrames } from '../../collect/index.js';
import type { Milliseconds, MonotonicMs } from '../../core/units.js';
import type { Signal, SignalContext, Take } from './signal.js';

/** The frames of the last seconds in which any were watched. */
export interface FrameFigures {
  /** Undefined where none was watched: the page rests or is hidden. */
  readonly framesPerSecond: number | undefined;
  readonly droppedPercent: number | undefined;
  readonly longestMs: Milliseconds | undefined;
  readonly delivered: number;
  readonly dropped: number;
}

interface Second {
  readonly at: number;
  delivered: number;
  dropped: number;
  watchedMs: Milliseconds;
  longestMs: Milliseconds;
}

const WINDOW_SECONDS = 10;

/** Frames delivered and dropped: of the last ten seconds, and in all. */
export class FramesSignal implements Signal {
  #seconds: Second[] = [];
  #delivered = 0;
  #dropped = 0;
  #now: () => MonotonicMs = () => 0;

  tell(figures: { frames?: FrameFigures }): void {
    figures.frames = this.#read();
  }

  #read(): FrameFigures {
    const since = Math.floor(this.#now() / 1_000) - WINDOW_SECONDS;
    const recent = this.#seconds.filter(({ at, watchedMs }) => at >= since && watchedMs > 0);
    const sum = (pick: (second: Second) => number) => recent.reduce((total, second) => total + pick(second), 0);
    const delivered = sum((second) => second.delivered);
    const dropped = sum((second) => second.dropped);
    const known = recent.length > 0;
    return {
      framesPerSecond: known ? (1_000 * delivered) / sum(({ watchedMs }) => watchedMs) : undefined,
      droppedPercent: known ? (100 * dropped) / (delivered + dropped) : undefined,
      longestMs: known ? Math.max(...recent.map(({ longestMs }) => longestMs)) : undefined,
      delivered: this.#delivered,
      dropped: this.#dropped,
    };
  }

  connect({ clock, environment }: SignalContext): Observable<Take> {
    this.#now = () => clock.now();
    return observeFrames({ clock, environment, quiet: true }).pipe(map((sample) => () => this.#record(sample)));
  }

  #record({ time, intervalMs, dropped }: FrameSample): void {
    if (intervalMs === undefined) return;
    const at = Math.floor(time / 1_000);
    let last = this.#seconds.at(-1);
    if (last?.at !== at) {
      last = { at, delivered: 0, dropped: 0, watchedMs: 0, longestMs: 0 };
      this.#seconds.push(last);
      if (this.#seconds.length > WINDOW_SECONDS + 1) this.#seconds.shift();
    }
    last.delivered++;
    last.dropped += dropped;
    last.watchedMs += intervalMs;
    last.longestMs = Math.max(last.longestMs, intervalMs);
    this.#delivered++;
    this.#dropped += dropped;
  }
}
