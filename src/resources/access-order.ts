import type { ResourceEntry } from './resource-entry.js';

/** Entries from the least to the most recently used: a list that runs through the entries, every change O(1). */
export class AccessOrder {
  #oldest: ResourceEntry | undefined;
  #newest: ResourceEntry | undefined;

  get oldest(): ResourceEntry | undefined {
    return this.#oldest;
  }

  append(entry: ResourceEntry): void {
    entry.previous = this.#newest;
    entry.next = undefined;
    if (this.#newest) this.#newest.next = entry;
    else this.#oldest = entry;
    this.#newest = entry;
  }

  remove(entry: ResourceEntry): void {
    if (entry.previous) entry.previous.next = entry.next;
    else this.#oldest = entry.next;
    if (entry.next) entry.next.previous = entry.previous;
    else this.#newest = entry.previous;
    entry.previous = undefined;
    entry.next = undefined;
  }

  moveToEnd(entry: ResourceEntry): void {
    if (entry === this.#newest) return;
    this.remove(entry);
    this.append(entry);
  }
}
