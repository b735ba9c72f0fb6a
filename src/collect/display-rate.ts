import type { Milliseconds } from '../core/units.js';

/** Intervals looked at together. */
const WINDOW = 24;
/** Which of them, shortest first, stands for the display: low, since load only ever makes intervals longer. */
const RANK = 4;
/** Shorter than any display's frame (480 Hz); such an interval is two callbacks of one frame. */
const SHORTEST_MS = 2;
/** Longer than any display's frame; after such an interval the page was idle, hidden or blocked. */
const LONGEST_MS = 50;
/** How much the estimate grows with each window that shows none as short, so that a slower display is found. */
const GROWTH = 1.05;

/** Finds how often the display shows a frame, from the times of the frames alone. */
export class DisplayRate {
  #intervalMs: Milliseconds | undefined;
  #window: Milliseconds[] = [];

  /** The display's frame interval; `undefined` until 24 frames in a row were seen. */
  get intervalMs(): Milliseconds | undefined {
    return this.#intervalMs;
  }

  /** Takes the time between two frames that followed each other. */
  record(intervalMs: Milliseconds): void {
    if (intervalMs < SHORTEST_MS || intervalMs > LONGEST_MS) return;
    this.#window.push(intervalMs);
    if (this.#window.length < WINDOW) return;
    const found = this.#window.sort((a, b) => a - b)[RANK] ?? intervalMs;
    this.#intervalMs = Math.min(found, (this.#intervalMs ?? found) * GROWTH);
    this.#window = [];
  }
}
