/**
 * The entries of batches, one after the other. A generator would do the same with several promises for each entry, which
 * costs more than reading it.
 */
export class EntriesOf<Entry> implements AsyncIterableIterator<Entry, void, undefined> {
  readonly #batches: AsyncGenerator<readonly Entry[], void, undefined>;
  #batch: readonly Entry[] = [];
  #at = 0;
  #loading: Promise<unknown> | undefined;

  constructor(batches: AsyncGenerator<readonly Entry[], void, undefined>) {
    this.#batches = batches;
  }

  async next(): Promise<IteratorResult<Entry, void>> {
    // Those that ask at once are answered in turn, as a generator does.
    while (this.#loading !== undefined) await this.#loading.catch(() => undefined);
    const value = this.#batch[this.#at];
    if (this.#at < this.#batch.length && value !== undefined) {
      this.#at++;
      return { value, done: false };
    }
    const loading = this.#batches.next();
    this.#loading = loading;
    try {
      const step = await loading;
      this.#batch = step.value ?? [];
      this.#at = 0;
      if (step.done) return { value: undefined, done: true };
    } finally {
      this.#loading = undefined;
    }
    return await this.next();
  }

  /** Lets go of what was read ahead, and reads no more. */
  async return(): Promise<IteratorResult<Entry, void>> {
    this.#batch = [];
    await this.#batches.return();
    return { value: undefined, done: true };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
