/** Where rows lie, in pixels from the first row's top. */
export interface RowHeights {
  readonly count: number;
  /** All rows together. */
  readonly total: number;
  /** The top of a row; of the row after the last, the total. */
  offsetOf(index: number): number;
  /** The row at an offset; the nearest one where there is none. */
  indexAt(offset: number): number;
  resize(count: number): void;
  /** Takes the first rows away: those after them keep their heights. */
  trimStart(rows: number): void;
  /** Takes down how high a row is. @returns by how much that differs from what was known */
  measured(index: number, height: number): number;
}

/** All rows of one height: two numbers, however many rows. */
export class FixedHeights implements RowHeights {
  readonly #height: number;
  #count = 0;

  constructor(height: number) {
    this.#height = height;
  }

  get count(): number {
    return this.#count;
  }

  get total(): number {
    return this.#count * this.#height;
  }

  offsetOf(index: number): number {
    return index * this.#height;
  }

  indexAt(offset: number): number {
    return Math.min(this.#count - 1, Math.max(0, Math.floor(offset / this.#height)));
  }

  resize(count: number): void {
    this.#count = count;
  }

  trimStart(rows: number): void {
    this.#count = Math.max(0, this.#count - rows);
  }

  measured(): number {
    return 0;
  }
}
