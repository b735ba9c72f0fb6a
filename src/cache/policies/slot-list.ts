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
  readonly #links: Links;

  constructor(links: Links) {
    this.#links = links;
  }

  append(slot: number): void {
    const { newer, older } = this.#links;
    const newest = this.#newest;
    older[slot] = newest;
    newer[slot] = NONE;
    if (newest === NONE) this.oldest = slot;
    else newer[newest] = slot;
    this.#newest = slot;
    this.size++;
  }

  remove(slot: number): void {
    const { newer, older } = this.#links;
    const before = older[slot] ?? NONE;
    const after = newer[slot] ?? NONE;
    if (before === NONE) this.oldest = after;
    else newer[before] = after;
    if (after === NONE) this.#newest = before;
    else older[after] = before;
    this.size--;
  }

  /** Makes a slot of this list its newest. */
  renew(slot: number): void {
    const newest = this.#newest;
    if (slot === newest) return;
    const { newer, older } = this.#links;
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
}
