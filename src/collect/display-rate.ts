import type { Milliseconds } from '../core/units.js';

/** Intervals looked at together. */
const WINDOW = 24;
/** Which of them, shortest first, stands for the display: low, since load only ever makes intervals longer. */
const RANK = 4;
/** Shorter than any display's frame (480 Hz); such an interval is two callbacks of one frame. */
const SHORTEST_MS = 2;
/** Longer than any display's frame; after such an interval the page was idle, hidden or blocked. */
const LONGEST_MS = 50;
/** How much the estimate grows with each window that shows none as short: it was low by chance. */
const GROWTH = 1.05;
/** A window this much slower is another display, or load that hides the display: half its frames at least. */
const OTHER = 1.25;

/**
 * Finds how often the display shows a frame. Times of frames alone do not tell a slow display from a page that is always
 * a frame late: who can tell whether the main thread was free to take a frame earlier gets an answer that load does not
 * change. Without that the estimate follows a slower display, or lasting load, by 5 % a window.
 */
export class DisplayRate {
  #intervalMs: Milliseconds | undefined;
  #window: Milliseconds[] = [];
  #told = 0;
  #free = 0;
  #suspects = true;

  /** The display's frame interval; `undefined` until 24 frames in a row were seen that were not held up by load. */
  get intervalMs(): Milliseconds | undefined {
    return this.#intervalMs;
  }

  /** Whether the question is open: then `record` should be told whether the main thread was free. */
  get isUnsure(): boolean {
    return this.#suspects;
  }

  /** Takes the time between two frames that followed each other. @param free whether a frame in between had been taken */
  record(intervalMs: Milliseconds, free?: boolean): void {
    if (intervalMs < SHORTEST_MS || intervalMs > LONGEST_MS) return;
    this.#window.push(intervalMs);
    if (free !== undefined) this.#told++;
    if (free) this.#free++;
    this.#suspects = this.#isSlower(intervalMs);
    if (this.#window.length < WINDOW) return;
    const found = this.#window.sort((a, b) => a - b)[RANK] ?? intervalMs;
    if (this.#told === 0 || !this.#isSlower(found))
      this.#intervalMs = Math.min(found, (this.#intervalMs ?? found) * GROWTH);
    else if (this.#free >= WINDOW / 2) this.#intervalMs = found;
    this.#suspects = this.#isSlower(found);
    this.#window = [];
    this.#told = 0;
    this.#free = 0;
  }

  #isSlower(intervalMs: Milliseconds): boolean {
    return this.#intervalMs === undefined || intervalMs > this.#intervalMs * OTHER;
  }
}
