import { type Gone, isThere, NONE } from '../slots.js';
import { hashOf, NO_HASH } from './key-hash.js';
import { KeyTable } from './key-table.js';

/** A Map is the better one where there are so many times more hits than new keys ... */
const HITS_OF_MAP = 8;
/** ... among more keys than this: the strings of fewer are in the processor's nearest cache. */
const SMALL = 2 ** 10;
/** After so many new keys for each that there is, it is tried again whether the table is the better one. */
const TURNS_OF_MAP = 4;
/** Changing over takes half a frame at most: 5 to 9 ms with so many keys, 25 with 65,000. */
const LARGEST_TABLE = 2 ** 14;
/** Stands for the slot of no key at all. */
const NOTHING_MISSED = -1;

/**
 * Gives the slots of keys. While keys come and go it is a hash table, in which a new key costs a third of what it costs in a
 * Map. Where the same are found again and again, or keys can't be hashed well, it is a Map, which finds a string that it has
 * met before without reading it.
 */
export class KeyIndex<K> {
  readonly #keys: readonly (K | Gone)[];
  readonly #table: KeyTable<K>;
  #map: Map<K, number> | undefined;
  /** Doubled each time that a key can't be hashed well. */
  #turnsOfMap = TURNS_OF_MAP;
  #size = 0;
  /** Of the table, of late. */
  #hits = 0;
  /** Of either, of late. */
  #added = 0;
  /** The key that was last looked up in the table and had no value, which is mostly set next. */
  #missed: K | undefined;
  #missedSlot = NOTHING_MISSED;
  /** NO_HASH where it is to be worked out anew. */
  #missedHash = NO_HASH;

  /** `keys` are those of the slots. */
  constructor(keys: readonly (K | Gone)[]) {
    this.#keys = keys;
    this.#table = new KeyTable(keys);
  }

  /** The slot of a key; NONE where it is not known. */
  find(key: K): number {
    const map = this.#map;
    return map === undefined ? this.#findInTable(key) : (map.get(key) ?? NONE);
  }

  /** The key of this slot was looked up, and has no value: it is only remembered. */
  miss(key: K, slot: number): void {
    if (this.#map !== undefined) return;
    this.#missed = key;
    this.#missedSlot = slot;
    this.#missedHash = NO_HASH;
  }

  /** As `find`, at once where the key was just missed. */
  findMissed(key: K): number {
    return this.#missedSlot !== NOTHING_MISSED && key === this.#missed ? this.#missedSlot : this.find(key);
  }

  /** Adds a key that is not known. */
  add(key: K, slot: number): void {
    const hash = this.#missedSlot !== NOTHING_MISSED && key === this.#missed ? this.#missedHash : NO_HASH;
    this.#missedSlot = NOTHING_MISSED;
    this.#size++;
    if (++this.#added > this.#turnsOfMap * this.#size) this.#turn();
    if (this.#map === undefined) this.#addToTable(key, slot, hash === NO_HASH ? hashOf(key) : hash);
    else this.#map.set(key, slot);
  }

  delete(key: K, slot: number): void {
    if (slot === this.#missedSlot) this.#missedSlot = NONE;
    this.#size--;
    if (this.#map === undefined) this.#table.remove(slot);
    else this.#map.delete(key);
  }

  clear(): void {
    this.#table.clear();
    this.#map = undefined;
    this.#turnsOfMap = TURNS_OF_MAP;
    this.#size = 0;
    this.#hits = 0;
    this.#added = 0;
    this.#missed = undefined;
    this.#missedSlot = NOTHING_MISSED;
  }

  #findInTable(key: K): number {
    const hash = hashOf(key);
    if (hash === NO_HASH) return NONE;
    const slot = this.#table.find(key, hash);
    if (slot === NONE) {
      this.#missed = key;
      this.#missedSlot = NONE;
      this.#missedHash = hash;
    } else if (this.#size > SMALL && ++this.#hits > HITS_OF_MAP * this.#added) this.#toMap();
    return slot;
  }

  #addToTable(key: K, slot: number, hash: number): void {
    if (hash !== NO_HASH && this.#size <= LARGEST_TABLE && this.#table.add(slot, hash)) return;
    this.#turnsOfMap *= 2;
    this.#toMap().set(key, slot);
  }

  /** Keys have come and gone: what was before counts half. */
  #turn(): void {
    if (this.#map !== undefined) this.#toTable(this.#map);
    else {
      this.#added >>= 1;
      this.#hits >>= 1;
    }
  }

  #toMap(): Map<K, number> {
    const map = new Map<K, number>();
    for (const slot of this.#table.slots()) {
      const key = this.#keys[slot];
      if (isThere(key)) map.set(key, slot);
    }
    this.#table.clear();
    this.#map = map;
    this.#added = 0;
    return map;
  }

  #toTable(map: ReadonlyMap<K, number>): void {
    this.#added = map.size;
    this.#hits = 0;
    if (map.size <= LARGEST_TABLE && this.#fillTable(map)) this.#map = undefined;
    else this.#turnsOfMap *= 2;
  }

  #fillTable(map: ReadonlyMap<K, number>): boolean {
    for (const [key, slot] of map) {
      const hash = hashOf(key);
      if (hash !== NO_HASH && this.#table.add(slot, hash)) continue;
      this.#table.clear();
      return false;
    }
    return true;
  }
}
