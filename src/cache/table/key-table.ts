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
  /** Of slot n the hash of its key at 2n, NO_HASH where it is not here, and the next of its chain at 2n + 1. */
  readonly #links: number[] = [NO_HASH, NONE];

  /** `keys` are those of the slots. */
  constructor(keys: readonly (K | Gone)[]) {
    this.#keys = keys;
  }

  find(key: K, hash: number): number {
    const keys = this.#keys;
    const links = this.#links;
    let slot = this.#heads[hash & (this.#heads.length - 1)] ?? NONE;
    while (slot !== NONE && (links[2 * slot] !== hash || keys[slot] !== key)) slot = links[2 * slot + 1] ?? NONE;
    return slot;
  }

  /** Adds the slot of a key that is not here. @returns false where its chain has no room */
  add(slot: number, hash: number): boolean {
    if (2 * this.#size >= this.#heads.length) this.#grow();
    const links = this.#links;
    const heads = this.#heads;
    const head = hash & (heads.length - 1);
    const first = heads[head] ?? NONE;
    if (first !== NONE && this.#isLong(first)) return false;
    while (2 * slot >= links.length) links.push(NO_HASH, NONE);
    links[2 * slot] = hash;
    links[2 * slot + 1] = first;
    heads[head] = slot;
    this.#size++;
    return true;
  }

  /** Takes out a slot, if it is here. */
  remove(slot: number): void {
    const links = this.#links;
    const hash = links[2 * slot] ?? NO_HASH;
    if (hash === NO_HASH) return;
    const head = hash & (this.#heads.length - 1);
    const after = links[2 * slot + 1] ?? NONE;
    let before = this.#heads[head] ?? NONE;
    if (before === slot) this.#heads[head] = after;
    else {
      while (links[2 * before + 1] !== slot) before = links[2 * before + 1] ?? NONE;
      links[2 * before + 1] = after;
    }
    links[2 * slot] = NO_HASH;
    this.#size--;
  }

  *slots(): Generator<number> {
    for (let slot = 1; 2 * slot < this.#links.length; slot++) if (this.#links[2 * slot] !== NO_HASH) yield slot;
  }

  clear(): void {
    this.#heads = noHeads(FEWEST_HEADS);
    this.#links.length = 2;
    this.#size = 0;
  }

  #isLong(first: number): boolean {
    let length = 1;
    for (let slot = this.#next(first); slot !== NONE; slot = this.#next(slot)) length++;
    return length >= LONGEST;
  }

  #next(slot: number): number {
    return this.#links[2 * slot + 1] ?? NONE;
  }

  #grow(): void {
    const heads = noHeads(2 * this.#heads.length);
    for (const slot of this.slots()) {
      const head = (this.#links[2 * slot] ?? NO_HASH) & (heads.length - 1);
      this.#links[2 * slot + 1] = heads[head] ?? NONE;
      heads[head] = slot;
    }
    this.#heads = heads;
  }
}

const noHeads = (length: number): number[] => new Array<number>(length).fill(NONE);
