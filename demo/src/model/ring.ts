/** The newest items, up to a fixed number. */
export class Ring<T> {
  readonly #items: T[] = [];
  readonly #capacity: number;
  #next = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#items.length;
  }

  push(item: T): void {
    this.#items[this.#next] = item;
    this.#next = (this.#next + 1) % this.#capacity;
  }

  /** The item that came `age` items before the newest one. */
  newest(age: number): T | undefined {
    if (age >= this.#items.length) return undefined;
    return this.#items[(this.#next - 1 - age + this.#capacity) % this.#capacity];
  }

  clear(): void {
    this.#items.length = 0;
    this.#next = 0;
  }
}
