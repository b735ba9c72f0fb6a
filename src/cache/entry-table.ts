import type { Bytes, EpochMs } from '../core/units.js';
import { RemovalReason } from './cache-removal.js';
import type { EvictionPolicy } from './eviction-policy.js';
import { createPolicy } from './policies/create-policy.js';
import { isRemembering, type Policy, type RememberingPolicy } from './policies/policy.js';
import type { Removals } from './removals.js';
import { GONE, isThere, NONE, Slots } from './slots.js';
import { TagIndex } from './tag-index.js';

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

/** The entries of a cache within its limits. It knows no clock: what has expired is for the cache to see. */
export class EntryTable<K, V> {
  size = 0;
  bytes: Bytes = 0;
  /** By key; the slot's value is GONE where the policy only remembers the key. */
  readonly slotOf: Map<K, number> = new Map();
  readonly slots: Slots<K, V> = new Slots();
  readonly policy: Policy;
  /** The policy, where it remembers keys that went. */
  readonly #memory: RememberingPolicy | undefined;
  readonly #tags = new TagIndex();
  readonly #maxSize: number;
  readonly #maxBytes: Bytes;
  /** Whether there is a limit to the bytes. */
  readonly #isLimited: boolean;
  /** Whether no entry has a size or tags, so that there is nothing to undo when one goes. */
  #isPlain = true;
  readonly #removals: Removals<K, V>;
  readonly #onBytes: ((change: Bytes) => void) | undefined;

  constructor({ maxSize, maxBytes, evictionPolicy, random, removals, onBytes }: EntryTableOptions<K, V>) {
    this.policy = createPolicy(evictionPolicy, { forget: (slot) => this.#forget(slot), random });
    this.#memory = isRemembering(this.policy) ? this.policy : undefined;
    this.#maxSize = Math.min(maxSize, LARGEST_MAP);
    this.#maxBytes = maxBytes;
    this.#isLimited = Number.isFinite(maxBytes);
    this.#removals = removals;
    this.#onBytes = onBytes;
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
    if (!this.#isPlain || bytes !== 0 || tags !== undefined) this.#describe(added, bytes, tags);
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

  /** Drops what expires at `now` or before. @returns when the next expires; `Infinity` where none does */
  dropExpired(now: EpochMs): EpochMs {
    let next = Number.POSITIVE_INFINITY;
    for (const slot of this.slotOf.values()) {
      const expiresAt = this.slots.expiresAt[slot] ?? next;
      if (!isThere(this.slots.values[slot])) continue;
      if (expiresAt <= now) this.drop(slot, RemovalReason.TTL);
      else if (expiresAt < next) next = expiresAt;
    }
    return next;
  }

  keysOf(tag: string): K[] {
    return this.#tags
      .slotsOf(tag)
      .map((slot) => this.slots.keys[slot])
      .filter(isThere);
  }

  clear(): void {
    if (this.#removals.observed) for (const slot of this.slotOf.values()) this.#keep(slot, RemovalReason.CLEARED);
    this.slotOf.clear();
    this.slots.clear();
    this.policy.clear();
    this.#tags.clear();
    this.#isPlain = true;
    this.size = 0;
    this.#changeBytes(-this.bytes);
  }

  #add(remembered: number, key: K, value: V, bytes: Bytes): number {
    if (this.size >= this.#maxSize) {
      if (this.#isPlain && this.#memory === undefined) return this.#takeOver(key, value);
      this.evict(RemovalReason.SIZE);
    }
    if (this.#isLimited) this.#makeRoom(bytes);
    let slot = remembered;
    // Making room may have made the policy forget it.
    if (slot !== NONE && this.#memory?.remembers(slot)) this.slots.values[slot] = value;
    else {
      slot = this.slots.take(key, value);
      this.slotOf.set(key, slot);
    }
    this.policy.add(slot);
    this.size++;
    return slot;
  }

  /** Gives a new key the slot of the one that the policy picks: what `evict` and `add` do, where nothing else is to be done. */
  #takeOver(key: K, value: V): number {
    const slot = this.policy.evict();
    const { keys, values } = this.slots;
    const old = keys[slot];
    this.#removals.count(RemovalReason.SIZE);
    if (this.#removals.observed) this.#keep(slot, RemovalReason.SIZE);
    if (isThere(old)) this.slotOf.delete(old);
    keys[slot] = key;
    values[slot] = value;
    this.slotOf.set(key, slot);
    this.policy.add(slot);
    return slot;
  }

  #forget(slot: number): void {
    const key = this.slots.keys[slot];
    if (!isThere(key)) return;
    this.slotOf.delete(key);
    this.slots.free(slot);
  }

  #replace(slot: number, value: V, bytes: Bytes, tags: readonly string[] | undefined): void {
    if (this.#removals.observed) this.#keep(slot, RemovalReason.REPLACED);
    if (!this.#isPlain) this.#undescribe(slot);
    this.slots.values[slot] = value;
    this.policy.touch(slot);
    if (!this.#isPlain || bytes !== 0 || tags !== undefined) this.#describe(slot, bytes, tags);
    if (this.#isLimited) this.#makeRoom(0);
  }

  #describe(slot: number, bytes: Bytes, tags: readonly string[] | undefined): void {
    this.#isPlain = false;
    this.slots.bytes[slot] = bytes;
    if (tags !== undefined) this.#tags.add(slot, tags);
    this.#changeBytes(bytes);
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
    if (!this.#isPlain) this.#undescribe(slot);
  }

  #undescribe(slot: number): void {
    this.#tags.remove(slot);
    this.#changeBytes(-(this.slots.bytes[slot] ?? 0));
  }

  /** Keeps a value that goes, for those who watch. */
  #keep(slot: number, reason: RemovalReason): void {
    const { keys, values, bytes } = this.slots;
    const key = keys[slot];
    const value = values[slot];
    if (isThere(key) && isThere(value)) this.#removals.keep({ key, value, bytes: bytes[slot] ?? 0, reason });
  }

  #changeBytes(change: Bytes): void {
    if (change === 0) return;
    this.bytes += change;
    this.#onBytes?.(change);
  }
}
