import type { RowHeights } from './row-heights.js';

/** Rows whose differences are kept together. */
const BLOCK = 256;
const INITIAL_BLOCKS = 16;

/**
 * Rows of any height, each the estimate until it was measured. What is kept is the difference from the estimate: by row
 * in blocks that exist only where something was measured, and summed by block in a Fenwick tree. So a million rows cost
 * some kilobytes, and each question a few dozen additions.
 */
export class MeasuredHeights implements RowHeights {
  readonly #estimate: number;
  /** Rows that were trimmed but still count in the numbering of the blocks. */
  #trimmed = 0;
  #count = 0;
  #blocks = new Map<number, Float32Array>();
  #tree = new Float64Array(INITIAL_BLOCKS + 1);

  constructor(estimate: number) {
    this.#estimate = estimate;
  }

  get count(): number {
    return this.#count;
  }

  get total(): number {
    return this.offsetOf(this.#count);
  }

  offsetOf(index: number): number {
    return this.#absolute(this.#trimmed + index) - this.#absolute(this.#trimmed);
  }

  indexAt(offset: number): number {
    let low = 0;
    let high = this.#count - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.offsetOf(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }

  resize(count: number): void {
    for (let row = this.#trimmed + count; row < this.#trimmed + this.#count; row = nextBlock(row)) this.#forget(row);
    this.#count = count;
    this.#reserve();
  }

  trimStart(rows: number): void {
    const gone = Math.min(rows, this.#count);
    this.#trimmed += gone;
    this.#count -= gone;
    if (this.#trimmed > BLOCK * INITIAL_BLOCKS && this.#trimmed > this.#count) this.#rebase();
  }

  measured(index: number, height: number): number {
    const row = this.#trimmed + index;
    const block = Math.floor(row / BLOCK);
    let differences = this.#blocks.get(block);
    const before = differences?.[row % BLOCK] ?? 0;
    const change = Math.fround(height - this.#estimate) - before;
    if (change === 0) return 0;
    if (!differences) {
      differences = new Float32Array(BLOCK);
      this.#blocks.set(block, differences);
    }
    differences[row % BLOCK] = before + change;
    this.#add(block, change);
    return change;
  }

  /** The top of a row in the numbering that trimmed rows count in. */
  #absolute(row: number): number {
    const block = Math.floor(row / BLOCK);
    let offset = row * this.#estimate;
    for (let node = block; node > 0; node -= node & -node) offset += this.#tree[node] ?? 0;
    const differences = this.#blocks.get(block);
    if (differences) for (let at = 0; at < row % BLOCK; at++) offset += differences[at] ?? 0;
    return offset;
  }

  #add(block: number, change: number): void {
    for (let node = block + 1; node < this.#tree.length; node += node & -node)
      this.#tree[node] = (this.#tree[node] ?? 0) + change;
  }

  /** Forgets what was measured from a row to the end of its block. */
  #forget(row: number): void {
    const block = Math.floor(row / BLOCK);
    const differences = this.#blocks.get(block);
    if (!differences) return;
    for (let at = row % BLOCK; at < BLOCK; at++) {
      this.#add(block, -(differences[at] ?? 0));
      differences[at] = 0;
    }
  }

  #reserve(): void {
    const blocks = Math.ceil((this.#trimmed + this.#count) / BLOCK) + 1;
    if (blocks < this.#tree.length) return;
    this.#tree = new Float64Array(2 * blocks + 1);
    this.#sumUp();
  }

  /** Numbers the rows from the first that is left, by whole blocks. */
  #rebase(): void {
    const gone = Math.floor(this.#trimmed / BLOCK);
    this.#trimmed -= gone * BLOCK;
    this.#blocks = new Map([...this.#blocks].flatMap(([block, rows]) => (block < gone ? [] : [[block - gone, rows]])));
    this.#tree.fill(0);
    this.#sumUp();
  }

  #sumUp(): void {
    for (const [block, differences] of this.#blocks) {
      const sum = differences.reduce((total, difference) => total + difference, 0);
      this.#add(block, sum);
    }
  }
}

const nextBlock = (row: number): number => (Math.floor(row / BLOCK) + 1) * BLOCK;
