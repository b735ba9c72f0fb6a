import type { MonotonicMs } from '../core/units.js';

/** Behind this many taken items the array is cut, so that taking stays O(1) and nothing piles up. */
const CUT_AFTER = 1_024;

/** First in, first out, with the time at which each item came. */
export class ItemQueue<Item> {
  #items: Item[] = [];
  #times: MonotonicMs[] = [];
  #head = 0;

  get size(): number {
    return this.#items.length - this.#head;
  }

  /** When the oldest item came. */
  get oldestAt(): MonotonicMs | undefined {
    return this.#times[this.#head];
  }

  add(item: Item, time: MonotonicMs): void {
    this.#items.push(item);
    this.#times.push(time);
  }

  /** Takes the oldest `count` items, or as many as there are. */
  take(count: number): Item[] {
    const end = Math.min(this.#items.length, this.#head + count);
    const taken = this.#items.slice(this.#head, end);
    this.#head = end;
    if (this.#head === this.#items.length || this.#head > CUT_AFTER) {
      this.#items = this.#items.slice(this.#head);
      this.#times = this.#times.slice(this.#head);
      this.#head = 0;
    }
    return taken;
  }

  /** Puts items that were taken back to the front, all with the time of the oldest. */
  putBack(items: readonly Item[], time: MonotonicMs): void {
    this.#items = [...items, ...this.#items.slice(this.#head)];
    this.#times = [...items.map(() => time), ...this.#times.slice(this.#head)];
    this.#head = 0;
  }
}
