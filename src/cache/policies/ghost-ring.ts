import { NONE } from '../slots.js';

/** Numbers begin again after this, which is far more than are remembered at a time. */
const MOST = 2 ** 30 - 1;
const FIRST_ROOM = 16;
const LONGEST = 4;

/**
 * Slots of keys that went, in the order in which they did. A ring: to add one is one write, and one that comes back leaves a
 * hole, which goes in its turn.
 */
export class GhostRing {
  size = 0;
  #ring: number[] = [];
  /** Of each slot: how many went before it. */
  readonly #numbers: number[] = [0];
  /** How many went so far. */
  #went = 0;
  /** How much of the ring is taken, holes among it. */
  #length = 0;

  add(slot: number): void {
    if (this.#length === this.#ring.length) this.#grow();
    const number = this.#went;
    this.#ring[number & (this.#ring.length - 1)] = slot;
    while (slot >= this.#numbers.length) this.#numbers.push(0);
    this.#numbers[slot] = number;
    this.#went = (number + 1) & MOST;
    this.#length++;
    this.size++;
  }

  /** Takes out a slot. @returns how many went since it did, itself among them */
  takeBack(slot: number): number {
    const number = this.#numbers[slot] ?? 0;
    this.#ring[number & (this.#ring.length - 1)] = NONE;
    this.size--;
    return (this.#went - number) & MOST;
  }

  /**
   * Takes out the oldest where more than `most` are there, or where more than four times as many went since it did: else a
   * ring in which one stays and others come and go would grow without end. NONE where that is not so.
   */
  shiftBeyond(most: number): number {
    while (this.#length > 0) {
      const slot = this.#ring[(this.#went - this.#length) & (this.#ring.length - 1)] ?? NONE;
      if (slot !== NONE && this.size <= most && this.#length <= LONGEST * most) break;
      this.#length--;
      if (slot !== NONE) {
        this.size--;
        return slot;
      }
    }
    return NONE;
  }

  clear(): void {
    this.#ring = [];
    this.#numbers.length = 1;
    this.#length = 0;
    this.size = 0;
  }

  #grow(): void {
    const old = this.#ring;
    const ring = new Array<number>(Math.max(FIRST_ROOM, 2 * old.length)).fill(NONE);
    for (let number = this.#went - this.#length; number < this.#went; number++)
      ring[number & (ring.length - 1)] = old[number & (old.length - 1)] ?? NONE;
    this.#ring = ring;
  }
}
