import type { Milliseconds } from '../core/units.js';
import { DisplayRate } from './display-rate.js';

/** An interval this much longer is another display's, or load that hides the display. */
const SLOWER = 1.25;
/** So many of them settle the question, when they came while the main thread was free. */
const ENOUGH = 12;
/** Among so many; a loaded page seems free now and then as well. */
const QUESTIONED = 60;

/**
 * The display's frame interval where load may last. Times of frames alone do not tell a slow display from a page that is
 * late by a frame each time; here long intervals count only if the main thread was free to take a frame earlier.
 */
export class KnownDisplay {
  #rate = new DisplayRate();
  #questioned = 0;
  #free: Milliseconds[] = [];

  /** `undefined` until enough frames were seen that load did not hold up. */
  get intervalMs(): Milliseconds | undefined {
    return this.#rate.intervalMs;
  }

  /** Whether the newest interval was longer than the display's, or that is not known: then `record` needs to be told. */
  get isUnsure(): boolean {
    return this.intervalMs === undefined || this.#questioned > 0;
  }

  /** Takes the time between two frames that followed each other. @param free whether a frame in between had been taken */
  record(intervalMs: Milliseconds, free: boolean): void {
    if (this.intervalMs !== undefined && intervalMs <= this.intervalMs * SLOWER) {
      this.#answer();
      this.#rate.record(intervalMs);
      return;
    }
    this.#questioned++;
    if (free) this.#free.push(intervalMs);
    if (this.#free.length >= ENOUGH) {
      const rate = new DisplayRate();
      // One of its windows.
      for (const freeMs of [...this.#free, ...this.#free]) rate.record(freeMs);
      if (rate.intervalMs !== undefined) this.#rate = rate;
      this.#answer();
    } else if (this.#questioned >= QUESTIONED) {
      this.#answer();
    }
  }

  #answer(): void {
    this.#questioned = 0;
    this.#free = [];
  }
}
