import { NONE } from '../slots.js';

/** The neighbours of slots: arrays of numbers, so that moving a slot within a list touches little memory. */
export class Links {
  readonly newer: number[] = [NONE];
  readonly older: number[] = [NONE];
}

/** Slots from the oldest to the newest; every change O(1). Lists between which slots move share their links. */
export class SlotList {
  size = 0;
  oldest: number = NONE;
  #newest: number = NONE;
  // Not the links that they are of: each step on the way to a number is one that the processor waits for.
  readonly #newer: number[];
  readonly #older: number[];

  constructor({ newer, older }: Links = new Links()) {
    this.#newer = newer;
    this.#older = older;
  }

  /** Adds a slot as the newest. */
  add(slot: number): void {
    const newer = this.#newer;
    const older = this.#older;
    const newest = this.#newest;
    if (slot === newer.length) {
      newer.push(NONE);
      older.push(newest);
    } else {
      newer[slot] = NONE;
      older[slot] = newest;
    }
    if (newest === NONE) this.oldest = slot;
    else newer[newest] = slot;
    this.#newest = slot;
    this.size++;
  }

  remove(slot: number): void {
    const newer = this.#newer;
    const older = this.#older;
    const before = older[slot] ?? NONE;
    const after = newer[slot] ?? NONE;
    if (before === NONE) this.oldest = after;
    else newer[before] = after;
    if (after === NONE) this.#newest = before;
    else older[after] = before;
    this.size--;
  }

  /** Makes a slot of this list its newest. */
  touch(slot: number): void {
    const newest = this.#newest;
    if (slot === newest) return;
    const newer = this.#newer;
    const older = this.#older;
    const before = older[slot] ?? NONE;
    const after = newer[slot] ?? NONE;
    older[after] = before;
    if (before === NONE) this.oldest = after;
    else newer[before] = after;
    newer[newest] = slot;
    older[slot] = newest;
    newer[slot] = NONE;
    this.#newest = slot;
  }

  /** Takes all out, of the lists with the same links as well. */
  clear(): void {
    this.#newer.length = 1;
    this.#older.length = 1;
    this.oldest = NONE;
    this.#newest = NONE;
    this.size = 0;
  }
}
