import type { Clock } from '../../core/clock.js';
import type { Teardown } from '../../core/disposer.js';
import type { EpochMs, Milliseconds, MonotonicMs } from '../../core/units.js';
import { FrameLog } from '../frame-log.js';
import type { OverlaySource } from '../overlay-source.js';
import type { Session, SessionSample } from './session.js';

const NO_OWN_WORK = { within: () => 0 };

/** The clock of a session stands at the sample that is shown; timers go on as ever. */
class SessionClock implements Clock {
  readonly #clock: Clock;
  readonly #sample: () => SessionSample | undefined;

  constructor(clock: Clock, sample: () => SessionSample | undefined) {
    this.#clock = clock;
    this.#sample = sample;
  }

  now(): MonotonicMs {
    return this.#sample()?.time ?? 0;
  }

  wallNow(): EpochMs {
    return this.#sample()?.at ?? 0;
  }

  toEpoch(time: MonotonicMs): EpochMs {
    return this.wallNow() + (time - this.now());
  }

  setTimer(callback: () => void, delay: Milliseconds): Teardown {
    return this.#clock.setTimer(callback, delay);
  }

  requestFrame(callback: (time: MonotonicMs) => void): Teardown {
    return this.#clock.requestFrame(callback);
  }

  afterTask(callback: () => void): void {
    this.#clock.afterTask(callback);
  }
}

/** A session that is looked at again: a source of what was seen then, at the sample that is chosen. Nothing acts. */
export class Playback {
  readonly session: Session;
  readonly clock: Clock;
  readonly source: OverlaySource;
  /** The frames up to the sample. */
  readonly frames: FrameLog = new FrameLog(NO_OWN_WORK);
  #index = 0;

  constructor(session: Session, clock: Clock) {
    this.session = session;
    this.clock = new SessionClock(clock, () => this.sample);
    this.source = this.#makeSource();
    this.index = session.samples.length - 1;
  }

  get sample(): SessionSample | undefined {
    return this.session.samples[this.#index];
  }

  get index(): number {
    return this.#index;
  }

  /** Goes to a sample. */
  set index(index: number) {
    this.#index = Math.min(this.session.samples.length - 1, Math.max(0, index));
    this.frames.clear();
    for (const { frames, longFrames } of this.session.samples.slice(0, this.#index + 1)) {
      if (frames) this.frames.seconds.push(frames);
      for (const frame of longFrames) this.frames.recordLong(frame);
    }
  }

  #makeSource(): OverlaySource {
    const sample = () => this.sample;
    return {
      get throttler() {
        return sample()?.throttler;
      },
      get resources() {
        const report = sample()?.resources;
        return report && { getReport: () => report };
      },
      get memory() {
        const stats = sample()?.memory;
        return stats && { stats };
      },
      get leaks() {
        const report = sample()?.leaks;
        return report && { getMemoryReport: () => report };
      },
      get logs() {
        const stats = sample()?.logs;
        return stats && { stats };
      },
      get caches() {
        const stats = sample()?.caches;
        return stats && { getStats: () => stats };
      },
      get workers() {
        const workers = sample()?.workers;
        return workers && Object.fromEntries(Object.entries(workers).map(([name, stats]) => [name, { stats }]));
      },
      get monitor() {
        const stats = sample()?.monitor;
        return stats && { getPerformanceStats: () => stats };
      },
    };
  }
}
