/** The newest of something, oldest first, at most so many. */
export class Ring<Item> {
  readonly #limit: number;
  #items: Item[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  push(item: Item): void {
    this.#items.push(item);
    // In one go now and then, not one by one.
    if (this.#items.length >= 2 * this.#limit) this.#items = this.#items.slice(-this.#limit);
  }

  get items(): readonly Item[] {
    return this.#items.slice(-this.#limit);
  }
}
