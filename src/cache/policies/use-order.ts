import { MOST_USES } from './uses.js';

const MOST_BITS = 11;
const FIRST_LENGTH = 16;

/** Places in the order of their last use: sorted by some bits after others, in a few passes at any size. */
export class UseOrder {
  /** When the place was used that `next` gave. */
  usedAt = 0;
  /** In order, once sorted: how much later than the first use of all each was used, and its place. */
  #ages = new Int32Array(FIRST_LENGTH);
  #places = new Int32Array(FIRST_LENGTH);
  #otherAges = new Int32Array(FIRST_LENGTH);
  #otherPlaces = new Int32Array(FIRST_LENGTH);
  readonly #starts = new Int32Array(2 ** MOST_BITS);
  #count = 0;
  #given = 0;
  #first = 0;

  /** The place that was used longest ago of those that are left; -1 where none is. */
  next(): number {
    const at = this.#given;
    if (at === this.#count) return -1;
    this.#given = at + 1;
    this.usedAt = ((this.#ages[at] ?? 0) + this.#first) & MOST_USES;
    return this.#places[at] ?? -1;
  }

  clear(): void {
    this.#count = 0;
    this.#given = 0;
  }

  /** Where to write when each of some places was used, before `sort`. */
  room(places: number): Int32Array {
    if (places > this.#ages.length) {
      this.#ages = new Int32Array(2 * places);
      this.#places = new Int32Array(2 * places);
      this.#otherAges = new Int32Array(2 * places);
      this.#otherPlaces = new Int32Array(2 * places);
    }
    return this.#ages;
  }

  /** Sorts the first places of the room, one at least; the last use had the number `last`. */
  sort(count: number, last: number): void {
    this.#count = count;
    this.#given = 0;
    const width = this.#toAges(last);
    const passes = Math.ceil(width / Math.min(MOST_BITS, 32 - Math.clz32(count)));
    const bits = Math.ceil(width / passes);
    for (let pass = 0; pass < passes; pass++) this.#pass(pass * bits, 2 ** bits);
  }

  /** @returns how many bits the ages have */
  #toAges(last: number): number {
    const ages = this.#ages;
    const places = this.#places;
    const count = this.#count;
    let first = MOST_USES;
    let latest = 0;
    for (let at = 0; at < count; at++) {
      // Numbers after the last use are of the round before.
      const age = ((ages[at] ?? 0) - last - 1) & MOST_USES;
      ages[at] = age;
      places[at] = at;
      if (age < first) first = age;
      if (age > latest) latest = age;
    }
    for (let at = 0; at < count; at++) ages[at] = (ages[at] ?? 0) - first;
    this.#first = first + last + 1;
    return 32 - Math.clz32(latest - first);
  }

  #pass(shift: number, values: number): void {
    const ages = this.#ages;
    const places = this.#places;
    const otherAges = this.#otherAges;
    const otherPlaces = this.#otherPlaces;
    const starts = this.#starts;
    const count = this.#count;
    const mask = values - 1;
    starts.fill(0, 0, values);
    for (let at = 0; at < count; at++) {
      const value = ((ages[at] ?? 0) >>> shift) & mask;
      starts[value] = (starts[value] ?? 0) + 1;
    }
    let start = 0;
    for (let value = 0; value < values; value++) {
      const here = starts[value] ?? 0;
      starts[value] = start;
      start += here;
    }
    for (let at = 0; at < count; at++) {
      const age = ages[at] ?? 0;
      const value = (age >>> shift) & mask;
      const to = starts[value] ?? 0;
      starts[value] = to + 1;
      otherAges[to] = age;
      otherPlaces[to] = places[at] ?? 0;
    }
    this.#ages = otherAges;
    this.#places = otherPlaces;
    this.#otherAges = ages;
    this.#otherPlaces = places;
  }
}
