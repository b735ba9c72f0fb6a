import { NONE } from '../slots.js';
import type { ForgettingPolicy } from './policy.js';

/** Any entry goes. */
export class RandomPolicy implements ForgettingPolicy {
  readonly #random: () => number;
  #slots: number[] = [];
  /** Where each slot stands among them. */
  #places: number[] = [NONE];

  constructor(random: () => number) {
    this.#random = random;
  }

  add(slot: number): void {
    this.#places[slot] = this.#slots.length;
    this.#slots.push(slot);
  }

  touch(): void {
    // It does not matter.
  }

  remove(slot: number): void {
    const last = this.#slots.pop();
    if (last === undefined || last === slot) return;
    const place = this.#places[slot] ?? 0;
    this.#slots[place] = last;
    this.#places[last] = place;
  }

  evict(): number {
    const slot = this.#slots[Math.floor(this.#random() * this.#slots.length)] ?? NONE;
    if (slot !== NONE) this.remove(slot);
    return slot;
  }

  renew(): number {
    const slot = this.evict();
    this.add(slot);
    return slot;
  }

  clear(): void {
    this.#slots = [];
    this.#places = [NONE];
  }
}
