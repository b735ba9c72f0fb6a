import { NONE } from '../slots.js';

/** Numbers begin again after this, which is far more than are remembered at a time. */
const MOST = 2 ** 30 - 1;
const FIRST_ROOM = 16;

/**
 * Slots of keys that went, in the order in which they did. A ring: to add one is one write, and one that comes back leaves a
 * hole, which goes in its turn.
 */
export class GhostRing {
  size = 0;
  #ring: number[] = emptyRing(FIRST_ROOM);
  #mask = FIRST_ROOM - 1;
  /** Of each slot: how many went before it. */
  readonly #numbers: number[] = [0];
  /** How many went so far. */
  #went = 0;
  /** How much of the ring is taken, holes among it. */
  #length = 0;

  add(slot: number): void {
    if (this.#length > this.#mask) this.#grow();
    const number = this.#went;
    this.#ring[number & this.#mask] = slot;
    while (slot >= this.#numbers.length) this.#numbers.push(0);
    this.#numbers[slot] = number;
    this.#went = (number + 1) & MOST;
    this.#length++;
    this.size++;
  }

  /** Takes out a slot. @returns how many went since it did, itself among them */
  takeBack(slot: number): number {
    const number = this.#numbers[slot] ?? 0;
    this.#ring[number & this.#mask] = NONE;
    this.size--;
    return (this.#went - number) & MOST;
  }

  /** Takes out the oldest; NONE where there is none. */
  shift(): number {
    while (this.#length > 0) {
      const slot = this.#ring[(this.#went - this.#length--) & this.#mask] ?? NONE;
      if (slot === NONE) continue;
      this.size--;
      return slot;
    }
    return NONE;
  }

  clear(): void {
    this.#ring = emptyRing(FIRST_ROOM);
    this.#mask = FIRST_ROOM - 1;
    this.#numbers.length = 1;
    this.#length = 0;
    this.size = 0;
  }

  #grow(): void {
    const old = this.#ring;
    const ring = emptyRing(2 * old.length);
    const mask = ring.length - 1;
    for (let ago = this.#length; ago > 0; ago--) {
      const number = this.#went - ago;
      ring[number & mask] = old[number & this.#mask] ?? NONE;
    }
    this.#ring = ring;
    this.#mask = mask;
  }
}

const emptyRing = (room: number): number[] => new Array<number>(room).fill(NONE);
