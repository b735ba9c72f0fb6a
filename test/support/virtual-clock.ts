import type { Clock } from '../../src/core/clock.js';
import { detectEnvironment, type Environment } from '../../src/core/environment.js';

interface Timer {
  readonly at: number;
  readonly order: number;
  /** A message of the page to itself: it comes at once, and nobody can take it back. */
  readonly posted: boolean;
  readonly callback: () => void;
}

/** Time that passes only when the test says so, with a display of any rate and a page that can be hidden. */
export class VirtualClock implements Clock {
  readonly frameMs: number;
  readonly document: Document = document.implementation.createHTMLDocument();
  readonly environment: Environment;
  #now = 0;
  #order = 0;
  #timers = new Set<Timer>();
  #frames = new Set<(time: number) => void>();
  #visible = true;

  constructor(hz = 60) {
    this.frameMs = 1_000 / hz;
    this.environment = { ...detectEnvironment(), document: this.document };
    Object.defineProperty(this.document, 'visibilityState', { get: () => (this.#visible ? 'visible' : 'hidden') });
  }

  /** Timers and frames that wait. */
  get waiting(): number {
    return [...this.#timers].filter((timer) => !timer.posted).length + this.#frames.size;
  }

  now(): number {
    return this.#now;
  }

  wallNow(): number {
    return this.toEpoch(this.#now);
  }

  toEpoch(time: number): number {
    return 1_700_000_000_000 + time;
  }

  setTimer(callback: () => void, delay: number): () => void {
    const timer = this.#add(callback, delay, false);
    return () => this.#timers.delete(timer);
  }

  requestFrame(callback: (time: number) => void): () => void {
    const entry = (time: number) => callback(time);
    this.#frames.add(entry);
    return () => this.#frames.delete(entry);
  }

  afterTask(callback: () => void): void {
    this.#add(callback, 0, true);
  }

  /** Work that takes this long; nothing else runs meanwhile. */
  spend(ms: number): void {
    this.#now += ms;
  }

  setVisible(visible: boolean): void {
    if (visible === this.#visible) return;
    this.#visible = visible;
    this.document.dispatchEvent(new Event('visibilitychange'));
  }

  /** Lets time pass: timers in order of time, and a frame at each of the display's while the page is visible. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const timer = this.#nextTimer();
      const frameAt = this.#visible && this.#frames.size > 0 ? this.#nextFrameAt() : Number.POSITIVE_INFINITY;
      const at = Math.min(timer?.at ?? Number.POSITIVE_INFINITY, frameAt);
      if (at > end) break;
      this.#now = Math.max(this.#now, at);
      if (timer && timer.at <= frameAt) {
        this.#timers.delete(timer);
        timer.callback();
      } else {
        this.#runFrame(frameAt);
      }
    }
    this.#now = Math.max(this.#now, end);
  }

  /** The laptop sleeps: time is gone, and nothing ran. */
  jump(ms: number): void {
    this.#now += ms;
  }

  #add(callback: () => void, delay: number, posted: boolean): Timer {
    const timer = { at: this.#now + Math.max(0, delay), order: this.#order++, posted, callback };
    this.#timers.add(timer);
    return timer;
  }

  #nextTimer(): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (!next || timer.at < next.at || (timer.at === next.at && timer.order < next.order)) next = timer;
    }
    return next;
  }

  #lastFrame = 0;

  #nextFrameAt(): number {
    const index = Math.max(Math.floor(this.#now / this.frameMs), Math.round(this.#lastFrame / this.frameMs) + 1);
    const at = index * this.frameMs;
    return at < this.#now ? (index + 1) * this.frameMs : at;
  }

  #runFrame(time: number): void {
    this.#lastFrame = time;
    const frames = this.#frames;
    this.#frames = new Set();
    for (const callback of frames) callback(time);
  }
}
