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

  next(): Promise<IteratorResult<Entry, void>> {
    const value = this.#batch[this.#at];
    // No function that waits, for what is there: most calls are this one.
    if (this.#loading === undefined && value !== undefined) {
      this.#at++;
      return Promise.resolve({ value, done: false });
    }
    return this.#nextBatch();
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

  async #nextBatch(): Promise<IteratorResult<Entry, void>> {
    // Those that ask at once are answered in turn, as a generator does.
    while (this.#loading !== undefined) await this.#loading.catch(() => undefined);
    if (this.#at < this.#batch.length) return await this.next();
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
}
