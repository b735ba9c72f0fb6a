import type { CacheEntry } from '../cache-entry.js';

/** Stands for no slot. */
const NONE = 0;
const FIRST_LENGTH = 64;

/**
 * The neighbours of all entries of a policy, by their slots: arrays of numbers, so that moving an entry within a list touches
 * little memory, and none of the objects beside it. Slot 0 is nobody's.
 */
export class Links<K, V> {
  newer: Int32Array<ArrayBuffer> = new Int32Array(FIRST_LENGTH);
  older: Int32Array<ArrayBuffer> = new Int32Array(FIRST_LENGTH);
  readonly entries: (CacheEntry<K, V> | undefined)[] = [undefined];

  /** Makes room for an entry. */
  hold(entry: CacheEntry<K, V>): void {
    const { slot } = entry;
    if (slot >= this.newer.length) {
      this.newer = lengthened(this.newer, slot);
      this.older = lengthened(this.older, slot);
    }
    this.entries[slot] = entry;
  }
}

/** Entries from the oldest to the newest; every change O(1). Lists between which entries move share their links. */
export class EntryList<K, V> {
  size = 0;
  readonly #links: Links<K, V>;
  #oldest = NONE;
  #newest = NONE;

  constructor(links: Links<K, V>) {
    this.#links = links;
  }

  get oldest(): CacheEntry<K, V> | undefined {
    return this.#links.entries[this.#oldest];
  }

  append(entry: CacheEntry<K, V>): void {
    const links = this.#links;
    const { slot } = entry;
    const newest = this.#newest;
    entry.list = this;
    links.older[slot] = newest;
    links.newer[slot] = NONE;
    if (newest === NONE) this.#oldest = slot;
    else links.newer[newest] = slot;
    this.#newest = slot;
    this.size++;
  }

  remove(entry: CacheEntry<K, V>): void {
    const { newer, older } = this.#links;
    const { slot } = entry;
    const before = older[slot] ?? NONE;
    const after = newer[slot] ?? NONE;
    if (before === NONE) this.#oldest = after;
    else newer[before] = after;
    if (after === NONE) this.#newest = before;
    else older[after] = before;
    entry.list = undefined;
    this.size--;
  }

  /** Makes an entry of this list its newest. */
  renew(entry: CacheEntry<K, V>): void {
    const { slot } = entry;
    const newest = this.#newest;
    if (slot === newest) return;
    const { newer, older } = this.#links;
    const before = older[slot] ?? NONE;
    const after = newer[slot] ?? NONE;
    older[after] = before;
    if (before === NONE) this.#oldest = after;
    else newer[before] = after;
    newer[newest] = slot;
    older[slot] = newest;
    newer[slot] = NONE;
    this.#newest = slot;
  }
}

function lengthened(numbers: Int32Array<ArrayBuffer>, slot: number): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(2 * slot);
  longer.set(numbers);
  return longer;
}
