import type { Clock, Teardown } from '../../src/core/index.js';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** The page's time, which the benchmark turns: a page second passes as fast as its work is done. */
export class PageClock implements Clock {
  #now = 0;
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  wallNow(): number {
    return this.toEpoch(this.#now);
  }

  toEpoch(time: number): number {
    return 1_700_000_000_000 + time;
  }

  setTimer(callback: () => void, delay: number): Teardown {
    const timer = { at: this.#now + delay, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  requestFrame(callback: (time: number) => void): Teardown {
    return this.setTimer(() => callback(this.#now), 16);
  }

  afterTask(callback: () => void): void {
    this.setTimer(callback, 0);
  }

  /** Lets page time pass, and runs what is due, in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.callback();
    }
    this.#now = end;
  }

  #next(end: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) if (timer.at <= end && (!next || timer.at < next.at)) next = timer;
    return next;
  }
}
