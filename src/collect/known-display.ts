import type { Milliseconds } from '../core/units.js';
import { DisplayRate } from './display-rate.js';

/** An interval this much longer is another display's, or load that hides the display. */
const SLOWER = 1.25;
/** So many of them in a row settle the question, of which half at least came while the main thread was free. */
const QUESTIONED = 24;

/**
 * The display's frame interval where load may last. Times of frames alone do not tell a slow display from a page that is
 * late by a frame each time; here long intervals count only if the main thread was free to take a frame earlier.
 */
export class KnownDisplay {
  #rate = new DisplayRate();
  #questioned: Milliseconds[] = [];
  #free = 0;

  /** `undefined` until enough frames were seen that load did not hold up. */
  get intervalMs(): Milliseconds | undefined {
    return this.#rate.intervalMs;
  }

  /** Whether the newest interval was longer than the display's, or that is not known: then `record` needs to be told. */
  get isUnsure(): boolean {
    return this.intervalMs === undefined || this.#questioned.length > 0;
  }

  /** Takes the time between two frames that followed each other. @param free whether a frame in between had been taken */
  record(intervalMs: Milliseconds, free: boolean): void {
    if (this.intervalMs !== undefined && intervalMs <= this.intervalMs * SLOWER) {
      this.#answer();
      this.#rate.record(intervalMs);
      return;
    }
    this.#questioned.push(intervalMs);
    if (free) this.#free++;
    if (this.#questioned.length < QUESTIONED) return;
    if (this.#free >= QUESTIONED / 2) {
      this.#rate = new DisplayRate();
      for (const questioned of this.#questioned) this.#rate.record(questioned);
    }
    this.#answer();
  }

  #answer(): void {
    this.#questioned = [];
    this.#free = 0;
  }
}
