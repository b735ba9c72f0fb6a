/** Gives numbers from 0 to 1 (excluded); the same seed gives the same ones (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Draws from `items` by weight. */
export class WeightedChoice<T> {
  readonly #items: readonly T[];
  readonly #limits: readonly number[];

  /** @param weightOf each item's weight, positive. */
  constructor(items: readonly T[], weightOf: (item: T, index: number) => number) {
    this.#items = items;
    let total = 0;
    const sums = items.map((item, index) => {
      total += weightOf(item, index);
      return total;
    });
    this.#limits = sums.map((sum) => sum / total);
  }

  /** The item at `draw`, a number from 0 to 1 (excluded). */
  at(draw: number): T {
    let low = 0;
    let high = this.#limits.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#limits[middle] ?? 1) > draw) high = middle;
      else low = middle + 1;
    }
    const item = this.#items[low];
    if (item === undefined) throw new RangeError('nothing to choose from');
    return item;
  }
}
