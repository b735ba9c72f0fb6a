import type { Milliseconds, MonotonicMs } from '../core/units.js';

const SLOT_MS: Milliseconds = 100;
const SLOTS = 10;

/** Counts events a second over the last second, in ten slots; fixed memory. */
export class RateMeter {
  readonly #slots = new Uint32Array(SLOTS);
  #current = 0;

  count(time: MonotonicMs, events: number): void {
    this.#advance(time);
    const slot = this.#current % SLOTS;
    this.#slots[slot] = (this.#slots[slot] ?? 0) + events;
  }

  perSecond(time: MonotonicMs): number {
    this.#advance(time);
    return this.#slots.reduce((sum, n) => sum + n, 0);
  }

  #advance(time: MonotonicMs): void {
    const slot = Math.floor(time / SLOT_MS);
    if (slot <= this.#current) return;
    const passed = Math.min(SLOTS, slot - this.#current);
    for (let i = 1; i <= passed; i++) this.#slots[(slot - passed + i) % SLOTS] = 0;
    this.#current = slot;
  }
}
