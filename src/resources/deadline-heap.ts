import type { ResourceEntry } from './resource-entry.js';

/** Entries with a time-out of their own, the one that expires first on top: a binary heap that knows everyone's place. */
export class DeadlineHeap {
  readonly #entries: ResourceEntry[] = [];

  get first(): ResourceEntry | undefined {
    return this.#entries[0];
  }

  add(entry: ResourceEntry): void {
    this.#entries.push(entry);
    this.#rise(entry, this.#entries.length - 1);
  }

  remove(entry: ResourceEntry): void {
    const at = entry.heapIndex;
    const last = this.#entries.pop();
    entry.heapIndex = -1;
    if (!last || last === entry) return;
    this.#rise(last, at);
    this.#sink(last, last.heapIndex);
  }

  /** The entry was used, and its deadline is later now. */
  postpone(entry: ResourceEntry): void {
    this.#sink(entry, entry.heapIndex);
  }

  #rise(entry: ResourceEntry, from: number): void {
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = this.#entries[above];
      if (!parent || parent.deadline <= entry.deadline) break;
      this.#place(parent, at);
      at = above;
    }
    this.#place(entry, at);
  }

  #sink(entry: ResourceEntry, from: number): void {
    let at = from;
    for (;;) {
      const below = this.#earlierChild(at);
      if (!below || below.deadline >= entry.deadline) break;
      const next = below.heapIndex;
      this.#place(below, at);
      at = next;
    }
    this.#place(entry, at);
  }

  #earlierChild(at: number): ResourceEntry | undefined {
    const left = this.#entries[2 * at + 1];
    const right = this.#entries[2 * at + 2];
    return left && right && right.deadline < left.deadline ? right : left;
  }

  #place(entry: ResourceEntry, at: number): void {
    this.#entries[at] = entry;
    entry.heapIndex = at;
  }
}
