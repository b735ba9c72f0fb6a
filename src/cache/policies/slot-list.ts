import { NONE } from '../slots.js';

/**
 * The neighbours of slots: of slot n the newer one at 2n and the older one at 2n + 1, so that moving a slot within a list
 * touches little memory.
 */
export class Links {
  readonly at: number[] = [NONE, NONE];
}

/** Slots from the oldest to the newest; every change O(1). Lists between which slots move share their links. */
export class SlotList {
  size = 0;
  oldest: number = NONE;
  #newest: number = NONE;
  // Not the links that they are of: each step on the way to a number is one that the processor waits for.
  readonly #links: number[];

  constructor({ at }: Links = new Links()) {
    this.#links = at;
  }

  /** Adds a slot as the newest. */
  add(slot: number): void {
    const links = this.#links;
    const newest = this.#newest;
    const at = 2 * slot;
    if (at === links.length) links.push(NONE, newest);
    else {
      links[at] = NONE;
      links[at + 1] = newest;
    }
    if (newest === NONE) this.oldest = slot;
    else links[2 * newest] = slot;
    this.#newest = slot;
    this.size++;
  }

  remove(slot: number): void {
    const links = this.#links;
    const after = links[2 * slot] ?? NONE;
    const before = links[2 * slot + 1] ?? NONE;
    if (before === NONE) this.oldest = after;
    else links[2 * before] = after;
    if (after === NONE) this.#newest = before;
    else links[2 * after + 1] = before;
    this.size--;
  }

  /** Makes a slot of this list its newest. */
  touch(slot: number): void {
    const newest = this.#newest;
    if (slot === newest) return;
    const links = this.#links;
    const after = links[2 * slot] ?? NONE;
    const before = links[2 * slot + 1] ?? NONE;
    links[2 * after + 1] = before;
    if (before === NONE) this.oldest = after;
    else links[2 * before] = after;
    links[2 * newest] = slot;
    links[2 * slot + 1] = newest;
    links[2 * slot] = NONE;
    this.#newest = slot;
  }

  /** Takes all out, of the lists with the same links as well. */
  clear(): void {
    this.#links.length = 2;
    this.oldest = NONE;
    this.#newest = NONE;
    this.size = 0;
  }
}
