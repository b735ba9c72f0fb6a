import { MOST_USES } from './uses.js';

const FEWEST_BITS = 4;
const MOST_BITS = 11;
const FIRST_LENGTH = 16;

/** Places in the order of their last use: sorted by some bits after others, in a few passes at any size. */
export class UseOrder {
  /** When the place was used that `next` gave. */
  usedAt = 0;
  #ages = new Int32Array(FIRST_LENGTH);
  #places = new Int32Array(FIRST_LENGTH);
  #otherAges = new Int32Array(FIRST_LENGTH);
  #otherPlaces = new Int32Array(FIRST_LENGTH);
  readonly #starts = new Int32Array(2 ** MOST_BITS);
  #count = 0;
  #given = 0;
  /** The use that ages are counted from. */
  #from = 0;
  #least = 0;
  #largest = 0;

  /** The place that was used longest ago of those that are left; -1 where none is. */
  next(): number {
    if (this.#given === this.#count) return -1;
    const at = this.#given++;
    this.usedAt = ((this.#ages[at] ?? 0) + this.#from) & MOST_USES;
    return this.#places[at] ?? -1;
  }

  clear(): void {
    this.#count = 0;
    this.#given = 0;
  }

  /** Makes room for some places; the last use was `count`. */
  start(places: number, count: number): void {
    this.#count = places;
    this.#given = 0;
    this.#from = count + 1;
    this.#least = MOST_USES;
    this.#largest = 0;
    if (places <= this.#ages.length) return;
    const length = 2 * places;
    this.#ages = new Int32Array(length);
    this.#places = new Int32Array(length);
    this.#otherAges = new Int32Array(length);
    this.#otherPlaces = new Int32Array(length);
  }

  put(place: number, usedAt: number): void {
    const age = (usedAt - this.#from) & MOST_USES;
    this.#ages[place] = age;
    this.#places[place] = place;
    if (age < this.#least) this.#least = age;
    if (age > this.#largest) this.#largest = age;
  }

  sort(): void {
    const widest = 32 - Math.clz32(this.#largest - this.#least);
    const bits = Math.min(MOST_BITS, Math.max(FEWEST_BITS, 32 - Math.clz32(this.#count)));
    for (let shift = 0; shift < widest; shift += bits) this.#pass(shift, 2 ** bits);
  }

  #pass(shift: number, values: number): void {
    const ages = this.#ages;
    const places = this.#places;
    const otherAges = this.#otherAges;
    const otherPlaces = this.#otherPlaces;
    const starts = this.#starts;
    const count = this.#count;
    const least = this.#least;
    const mask = values - 1;
    starts.fill(0, 0, values);
    for (let at = 0; at < count; at++) {
      const value = (((ages[at] ?? 0) - least) >>> shift) & mask;
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
      const value = ((age - least) >>> shift) & mask;
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
