/** What a cell shows: wide and narrow by turns, so that a write changes the layout. */
export const textOf = (sequence: number): string => (sequence % 2 === 0 ? `${sequence}` : `${sequence} requests`);

/** Cells that cost a known time to write, and remember which update they show. */
export class Grid {
  readonly element: HTMLElement = document.createElement('div');
  /** The sequence number that each cell shows; 0 for none yet. */
  readonly shown: Uint32Array;
  readonly #cells: HTMLElement[];
  readonly #costMs: number;

  constructor(size: number, costMs: number) {
    this.#costMs = costMs;
    this.shown = new Uint32Array(size);
    this.element.style.cssText = 'display: grid; grid: auto-flow 20px / repeat(10, 110px); font: 14px monospace';
    this.#cells = Array.from({ length: size }, () => document.createElement('span'));
  }

  get size(): number {
    return this.#cells.length;
  }

  /** Puts the cells on the page, for variants that write them themselves. */
  attachCells(): void {
    this.element.append(...this.#cells);
  }

  /**
   * Shows an update of one cell, which costs the time that was asked for, the DOM's own work in it.
   * `sequence` counts the cell's updates from 1.
   */
  write(cell: number, sequence: number): void {
    const end = performance.now() + this.#costMs;
    const element = this.#cells[cell];
    if (element) element.textContent = textOf(sequence);
    this.shown[cell] = sequence;
    spinUntil(end);
  }

  /** The cost alone, for a variant that renders by itself. */
  spend(): void {
    spinUntil(performance.now() + this.#costMs);
  }
}

/** Keeps the main thread busy. By the clock, so that a write costs the same whatever else the machine does. */
function spinUntil(end: number): void {
  while (performance.now() < end);
}
