import { type Gone, NONE } from '../slots.js';
import { NO_HASH } from './key-hash.js';

const FEWEST_HEADS = 16;
/** Hashes are bad where a chain gets longer than this: with good ones, one of a million does. */
const LONGEST = 8;

/** A hash table that gives the slots of keys. Slots with the same head are a chain. */
export class KeyTable<K> {
  #size = 0;
  readonly #keys: readonly (K | Gone)[];
  #heads: number[] = noHeads(FEWEST_HEADS);
  /** By slot: the hash of its key; NO_HASH where it is not here. */
  readonly #hashes: number[] = [NO_HASH];
  /** By slot: the next of its chain. */
  readonly #next: number[] = [NONE];

  /** `keys` are those of the slots. */
  constructor(keys: readonly (K | Gone)[]) {
    this.#keys = keys;
  }

  find(key: K, hash: number): number {
    const keys = this.#keys;
    const hashes = this.#hashes;
    const next = this.#next;
    let slot = this.#heads[hash & (this.#heads.length - 1)] ?? NONE;
    while (slot !== NONE && (hashes[slot] !== hash || keys[slot] !== key)) slot = next[slot] ?? NONE;
    return slot;
  }

  /** Adds the slot of a key that is not here. @returns false where its chain has no room */
  add(slot: number, hash: number): boolean {
    if (2 * this.#size >= this.#heads.length) this.#grow();
    const heads = this.#heads;
    const head = hash & (heads.length - 1);
    const first = heads[head] ?? NONE;
    if (first !== NONE && this.#isLong(first)) return false;
    while (slot >= this.#next.length) {
      this.#next.push(NONE);
      this.#hashes.push(NO_HASH);
    }
    this.#hashes[slot] = hash;
    this.#next[slot] = first;
    heads[head] = slot;
    this.#size++;
    return true;
  }

  remove(slot: number): void {
    const hash = this.#hashes[slot] ?? NO_HASH;
    if (hash === NO_HASH) return;
    const next = this.#next;
    const head = hash & (this.#heads.length - 1);
    const after = next[slot] ?? NONE;
    let before = this.#heads[head] ?? NONE;
    if (before === slot) this.#heads[head] = after;
    else {
      while (next[before] !== slot) before = next[before] ?? NONE;
      next[before] = after;
    }
    this.#hashes[slot] = NO_HASH;
    this.#size--;
  }

  *slots(): Generator<number> {
    for (const [slot, hash] of this.#hashes.entries()) if (hash !== NO_HASH) yield slot;
  }

  clear(): void {
    this.#heads = noHeads(FEWEST_HEADS);
    this.#hashes.length = 1;
    this.#next.length = 1;
    this.#size = 0;
  }

  #isLong(first: number): boolean {
    let length = 1;
    for (let slot = this.#next[first] ?? NONE; slot !== NONE; slot = this.#next[slot] ?? NONE) length++;
    return length >= LONGEST;
  }

  #grow(): void {
    const heads = noHeads(2 * this.#heads.length);
    for (const slot of this.slots()) {
      const head = (this.#hashes[slot] ?? NO_HASH) & (heads.length - 1);
      this.#next[slot] = heads[head] ?? NONE;
      heads[head] = slot;
    }
    this.#heads = heads;
  }
}

const noHeads = (length: number): number[] => new Array<number>(length).fill(NONE);
