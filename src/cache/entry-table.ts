import type { Bytes, EpochMs } from '../core/units.js';
import { CacheEntry, GONE } from './cache-entry.js';
import { RemovalReason } from './cache-removal.js';
import type { EvictionPolicy } from './eviction-policy.js';
import { createPolicy } from './policies/create-policy.js';
import { isTold, type Policy, type ToldPolicy } from './policies/policy.js';
import { Uses } from './policies/uses.js';
import type { Removals } from './removals.js';
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

/** The entries of a cache within its limits. It knows no clock: what has expired is for the cache to see. */
export class EntryTable<K, V> {
  size = 0;
  bytes: Bytes = 0;
  /** By key; the value is GONE where the policy only remembers the key. */
  readonly entries: Map<K, CacheEntry<K, V>> = new Map();
  readonly #tags = new TagIndex<K, V>();
  readonly uses: Uses = new Uses();
  readonly policy: Policy<K, V>;
  /** The policy, where it is told of uses. */
  readonly #told: ToldPolicy<K, V> | undefined;
  readonly #maxSize: number;
  readonly #maxBytes: Bytes;
  readonly #removals: Removals<K, V>;
  readonly #onBytes: ((change: Bytes) => void) | undefined;
  /** One that is no longer in use, to be the next: entries that live long are dear to make. */
  #spare: CacheEntry<K, V> | undefined;
  /** The slots of entries that are no longer in use, and how many there are in all. */
  #freeSlots: number[] = [];
  #slots = 0;

  constructor({ maxSize, maxBytes, evictionPolicy, random, removals, onBytes }: EntryTableOptions<K, V>) {
    this.policy = createPolicy(evictionPolicy, { forget: (entry) => this.#forget(entry), random, uses: this.uses });
    this.#told = isTold(this.policy) ? this.policy : undefined;
    this.#maxSize = maxSize;
    this.#maxBytes = maxBytes;
    this.#removals = removals;
    this.#onBytes = onBytes;
  }

  /**
   * Adds or replaces a value, and makes room for it.
   * @param entry the one of the key, if there is one
   * @returns the entry that holds it, whose `expiresAt` is for the caller to set; undefined where it is larger than all the room
   */
  put(
    entry: CacheEntry<K, V> | undefined,
    key: K,
    value: V,
    bytes: Bytes,
    tags: readonly string[] | undefined,
  ): CacheEntry<K, V> | undefined {
    if (bytes > this.#maxBytes) {
      if (entry !== undefined) this.drop(entry, RemovalReason.BYTES);
      return undefined;
    }
    if (entry !== undefined && entry.value !== GONE) return this.#replace(entry, entry.value, value, bytes, tags);
    const added = this.#add(entry, key, value, bytes);
    this.#describe(added, bytes, tags);
    return added;
  }

  /** An entry was used. */
  touch(entry: CacheEntry<K, V>): void {
    if (this.#told === undefined) this.uses.mark(entry);
    else this.#told.touch(entry);
  }

  /** Takes an entry out. @returns whether it had a value */
  drop(entry: CacheEntry<K, V>, reason: RemovalReason): boolean {
    if (entry.value === GONE) return false;
    this.policy.remove(entry);
    this.#empty(entry, entry.value, reason);
    this.#forget(entry);
    return true;
  }

  /** Drops the entry that the policy picks. @returns false where there is none */
  evict(reason: RemovalReason): boolean {
    const entry = this.policy.evict();
    if (entry === undefined || entry.value === GONE) return false;
    this.#empty(entry, entry.value, reason);
    if (entry.list === undefined) this.#forget(entry);
    return true;
  }

  /** Drops what expires at `now` or before. @returns when the next expires; `Infinity` where none does */
  dropExpired(now: EpochMs): EpochMs {
    let next = Number.POSITIVE_INFINITY;
    for (const entry of this.entries.values()) {
      if (entry.value === GONE) continue;
      if (entry.expiresAt <= now) this.drop(entry, RemovalReason.TTL);
      else if (entry.expiresAt < next) next = entry.expiresAt;
    }
    return next;
  }

  keysOf(tag: string): K[] {
    return this.#tags.keysOf(tag);
  }

  clear(): void {
    for (const { key, value, bytes } of this.#removals.observed ? this.entries.values() : [])
      if (value !== GONE) this.#removals.record(key, value, bytes, RemovalReason.CLEARED);
    this.entries.clear();
    this.#spare = undefined;
    this.#freeSlots = [];
    this.#slots = 0;
    this.policy.clear();
    this.#tags.clear();
    this.size = 0;
    this.#changeBytes(-this.bytes);
  }

  #add(remembered: CacheEntry<K, V> | undefined, key: K, value: V, bytes: Bytes): CacheEntry<K, V> {
    this.#makeRoom(bytes, 1);
    // Making room may have made the policy forget it.
    const known = remembered !== undefined && remembered.list !== undefined;
    const entry = known ? remembered : this.#newEntry(key, value);
    entry.value = value;
    this.policy.add(entry);
    this.size++;
    return entry;
  }

  #newEntry(key: K, value: V): CacheEntry<K, V> {
    let entry = this.#spare;
    if (entry === undefined) entry = new CacheEntry(key, value, this.#freeSlots.pop() ?? ++this.#slots);
    else entry.key = key;
    this.#spare = undefined;
    this.entries.set(key, entry);
    return entry;
  }

  #forget(entry: CacheEntry<K, V>): void {
    this.entries.delete(entry.key);
    if (this.#spare !== undefined) this.#freeSlots.push(this.#spare.slot);
    this.#spare = entry;
  }

  #replace(
    entry: CacheEntry<K, V>,
    old: V,
    value: V,
    bytes: Bytes,
    tags: readonly string[] | undefined,
  ): CacheEntry<K, V> {
    this.#removals.record(entry.key, old, entry.bytes, RemovalReason.REPLACED);
    if (entry.tags !== undefined) this.#tags.remove(entry);
    this.#changeBytes(-entry.bytes);
    entry.value = value;
    this.touch(entry);
    this.#describe(entry, bytes, tags);
    this.#makeRoom(0, 0);
    return entry;
  }

  #describe(entry: CacheEntry<K, V>, bytes: Bytes, tags: readonly string[] | undefined): void {
    entry.bytes = bytes;
    entry.tags = tags;
    if (tags !== undefined) this.#tags.add(entry);
    this.#changeBytes(bytes);
  }

  #makeRoom(bytes: Bytes, entries: number): void {
    while (this.size + entries > this.#maxSize && this.evict(RemovalReason.SIZE));
    while (this.bytes + bytes > this.#maxBytes && this.evict(RemovalReason.BYTES));
  }

  #empty(entry: CacheEntry<K, V>, value: V, reason: RemovalReason): void {
    entry.value = GONE;
    this.size--;
    if (entry.tags !== undefined) this.#tags.remove(entry);
    this.#removals.record(entry.key, value, entry.bytes, reason);
    this.#changeBytes(-entry.bytes);
  }

  #changeBytes(change: Bytes): void {
    if (change === 0) return;
    this.bytes += change;
    this.#onBytes?.(change);
  }
}
