import type { Bytes } from '../../core/units.js';
import { RemovalReason } from '../cache-removal.js';
import type { EvictionPolicy } from '../eviction-policy.js';
import { createPolicy } from '../policies/create-policy.js';
import { type ForgettingPolicy, isRemembering, type Policy, type RememberingPolicy } from '../policies/policy.js';
import type { Removals } from '../removals.js';
import { GONE, isThere, NONE, Slots } from '../slots.js';
import { KeyIndex } from './key-index.js';
import { SizesAndTags } from './sizes-and-tags.js';

export interface EntryTableOptions<K, V> {
  readonly maxSize: number;
  readonly maxBytes: Bytes;
  readonly evictionPolicy: EvictionPolicy;
  readonly random: () => number;
  readonly removals: Removals<K, V>;
  /** Told of each change of the bytes. */
  readonly onBytes: ((change: Bytes) => void) | undefined;
}

/** No engine's Map holds more keys; a whole number where there is no limit is compared faster than Infinity. */
const LARGEST_MAP = 2 ** 24;

/** The entries of a cache within its limits. It knows no clock. */
export class EntryTable<K, V> {
  size = 0;
  protected readonly slots: Slots<K, V> = new Slots();
  /** By key; the slot's value is GONE where the policy only remembers the key. */
  protected readonly index: KeyIndex<K> = new KeyIndex<K>(this.slots.keys);
  protected readonly policy: Policy;
  /** The policy, where it remembers keys that went. */
  readonly #memory: RememberingPolicy | undefined;
  /** The policy, where it does not. */
  readonly #forgetting: ForgettingPolicy | undefined;
  /** Whether each entry is its key and its value only. */
  protected isPlain = true;
  readonly #details: SizesAndTags;
  readonly #maxSize: number;
  readonly #maxBytes: Bytes;
  /** Whether there is a limit to the bytes. */
  readonly #isLimited: boolean;
  readonly #removals: Removals<K, V>;

  constructor({ maxSize, maxBytes, evictionPolicy, random, removals, onBytes }: EntryTableOptions<K, V>) {
    const policy = createPolicy(evictionPolicy, { forget: (slot) => this.#forget(slot), random });
    this.policy = policy;
    this.#memory = isRemembering(policy) ? policy : undefined;
    this.#forgetting = isRemembering(policy) ? undefined : policy;
    this.#maxSize = Math.min(maxSize, LARGEST_MAP);
    this.#maxBytes = maxBytes;
    this.#isLimited = Number.isFinite(maxBytes);
    this.#removals = removals;
    this.#details = new SizesAndTags(onBytes);
  }

  /** What the entries take; 0 where sizes are not measured. */
  get bytes(): Bytes {
    return this.#details.bytes;
  }

  /**
   * Adds or replaces a value, and makes room for it.
   * @param slot the one of the key; NONE if there is none
   * @returns the slot that holds it, whose `expiresAt` is for the caller to set; NONE where it is larger than all the room
   */
  put(slot: number, key: K, value: V, bytes: Bytes, tags: readonly string[] | undefined): number {
    if (this.#isLimited && bytes > this.#maxBytes) {
      this.drop(slot, RemovalReason.BYTES);
      return NONE;
    }
    if (isThere(this.slots.values[slot])) {
      this.#replace(slot, value, bytes, tags);
      return slot;
    }
    const added = this.#add(slot, key, value, bytes);
    this.#describe(added, bytes, tags);
    return added;
  }

  /** Takes an entry out. @returns whether it had a value */
  drop(slot: number, reason: RemovalReason): boolean {
    if (!isThere(this.slots.values[slot])) return false;
    this.policy.remove(slot);
    this.#empty(slot, reason);
    this.#forget(slot);
    return true;
  }

  /** Drops the entry that the policy picks. @returns false where there is none */
  evict(reason: RemovalReason): boolean {
    const slot = this.policy.evict();
    if (slot === NONE) return false;
    this.#empty(slot, reason);
    if (this.#memory === undefined || !this.#memory.remembers(slot)) this.#forget(slot);
    return true;
  }

  protected get isFull(): boolean {
    return this.size >= this.#maxSize;
  }

  /**
   * Adds a value to a full cache, for which another goes: `evict` and `put` in less code, where entries are plain and nobody
   * watches.
   * @param slot the one of the key, if it is remembered; NONE if not
   * @returns the slot that holds it
   */
  protected takeTurns(slot: number, key: K, value: V): number {
    this.#removals.counts.evictions++;
    const policy = this.#memory;
    if (policy === undefined) return this.#takeOver(key, value);
    const gone = policy.evict();
    this.slots.values[gone] = GONE;
    if (!policy.remembers(gone)) this.#forget(gone);
    const taken = this.#slotFor(slot, key, value);
    policy.add(taken);
    return taken;
  }

  keysOf(tag: string): K[] {
    return this.#details
      .slotsOf(tag)
      .map((slot) => this.slots.keys[slot])
      .filter(isThere);
  }

  clear(): void {
    if (this.#removals.observed) for (const slot of this.slots.held()) this.#keep(slot, RemovalReason.CLEARED);
    this.index.clear();
    this.slots.clear();
    this.policy.clear();
    this.size = 0;
    this.#details.clear();
    this.isPlain = true;
  }

  #add(remembered: number, key: K, value: V, bytes: Bytes): number {
    if (this.isFull) this.evict(RemovalReason.SIZE);
    if (this.#isLimited) this.#makeRoom(bytes);
    const slot = this.#slotFor(remembered, key, value);
    this.policy.add(slot);
    this.size++;
    return slot;
  }

  /** Puts a value into the slot in which its key is remembered, or else into a new one. */
  #slotFor(remembered: number, key: K, value: V): number {
    // Making room may have made the policy forget it.
    if (remembered !== NONE && this.#memory?.remembers(remembered)) {
      this.slots.values[remembered] = value;
      return remembered;
    }
    const slot = this.slots.take(key, value);
    this.index.add(key, slot);
    return slot;
  }

  /** Gives a new key the slot of the one that the policy picks. */
  #takeOver(key: K, value: V): number {
    const { keys, values } = this.slots;
    const slot = this.#forgetting?.renew() ?? NONE;
    const old = keys[slot];
    if (isThere(old)) this.index.delete(old, slot);
    keys[slot] = key;
    values[slot] = value;
    this.index.add(key, slot);
    return slot;
  }

  #forget(slot: number): void {
    const key = this.slots.keys[slot];
    if (!isThere(key)) return;
    this.index.delete(key, slot);
    this.slots.free(slot);
  }

  #replace(slot: number, value: V, bytes: Bytes, tags: readonly string[] | undefined): void {
    if (this.#removals.observed) this.#keep(slot, RemovalReason.REPLACED);
    if (!this.#details.none) this.#details.remove(slot);
    this.slots.values[slot] = value;
    this.policy.touch(slot);
    this.#describe(slot, bytes, tags);
    if (this.#isLimited) this.#makeRoom(0);
  }

  #describe(slot: number, bytes: Bytes, tags: readonly string[] | undefined): void {
    if (bytes === 0 && tags === undefined) return;
    this.isPlain = false;
    this.#details.set(slot, bytes, tags);
  }

  #makeRoom(bytes: Bytes): void {
    while (this.bytes + bytes > this.#maxBytes && this.evict(RemovalReason.BYTES));
  }

  /** Takes the value out of a slot. */
  #empty(slot: number, reason: RemovalReason): void {
    this.#removals.count(reason);
    if (this.#removals.observed) this.#keep(slot, reason);
    this.slots.values[slot] = GONE;
    this.size--;
    if (!this.#details.none) this.#details.remove(slot);
  }

  /** Keeps a value that goes, for those who watch. */
  #keep(slot: number, reason: RemovalReason): void {
    const { keys, values } = this.slots;
    const key = keys[slot];
    const value = values[slot];
    if (isThere(key) && isThere(value)) this.#removals.keep({ key, value, bytes: this.#details.bytesOf(slot), reason });
  }
}
