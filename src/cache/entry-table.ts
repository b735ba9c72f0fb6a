import type { Bytes, EpochMs } from '../core/units.js';
import { CacheEntry, GONE } from './cache-entry.js';
import { RemovalReason } from './cache-removal.js';
import type { EvictionPolicy } from './eviction-policy.js';
import { createPolicy } from './policies/create-policy.js';
import type { Policy } from './policies/policy.js';
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

/** What is known of an entry beside its key and value. */
export interface EntryDetails {
  readonly bytes: Bytes;
  readonly expiresAt: EpochMs;
  readonly tags: readonly string[] | undefined;
}

/** The entries of a cache within its limits. It knows no clock: what has expired is for the cache to see. */
export class EntryTable<K, V> {
  size = 0;
  bytes: Bytes = 0;
  readonly #entries = new Map<K, CacheEntry<K, V>>();
  readonly #tags = new TagIndex<K, V>();
  readonly #policy: Policy<K, V>;
  readonly #maxSize: number;
  readonly #maxBytes: Bytes;
  readonly #removals: Removals<K, V>;
  readonly #onBytes: ((change: Bytes) => void) | undefined;

  constructor({ maxSize, maxBytes, evictionPolicy, random, removals, onBytes }: EntryTableOptions<K, V>) {
    this.#policy = createPolicy(evictionPolicy, { forget: ({ key }) => this.#entries.delete(key), random });
    this.#maxSize = maxSize;
    this.#maxBytes = maxBytes;
    this.#removals = removals;
    this.#onBytes = onBytes;
  }

  /** The entry of a key; its value is GONE where the policy only remembers the key. */
  find(key: K): CacheEntry<K, V> | undefined {
    return this.#entries.get(key);
  }

  touch(entry: CacheEntry<K, V>): void {
    this.#policy.touch(entry);
  }

  /** Adds or replaces a value, and makes room for it. @returns false where it is larger than all the room there is */
  put(key: K, value: V, details: EntryDetails): boolean {
    const entry = this.#entries.get(key);
    if (details.bytes > this.#maxBytes) {
      if (entry !== undefined) this.drop(entry, RemovalReason.BYTES);
      return false;
    }
    if (entry === undefined || entry.value === GONE) this.#add(entry, key, value, details);
    else this.#replace(entry, entry.value, value, details);
    return true;
  }

  /** Takes an entry out. @returns whether it had a value */
  drop(entry: CacheEntry<K, V>, reason: RemovalReason): boolean {
    if (entry.value === GONE) return false;
    this.#policy.remove(entry);
    this.#entries.delete(entry.key);
    this.#empty(entry, entry.value, reason);
    return true;
  }

  /** Drops the entry that the policy picks. @returns false where there is none */
  evict(reason: RemovalReason): boolean {
    const entry = this.#policy.evict();
    if (entry === undefined || entry.value === GONE) return false;
    if (entry.list === undefined) this.#entries.delete(entry.key);
    this.#empty(entry, entry.value, reason);
    return true;
  }

  entriesOf(tag: string): CacheEntry<K, V>[] {
    return this.#tags.entriesOf(tag);
  }

  /** All entries, those that are only remembered included; dropping them meanwhile is safe. */
  all(): Iterable<CacheEntry<K, V>> {
    return this.#entries.values();
  }

  clear(): void {
    for (const { key, value, bytes } of this.#removals.observed ? this.#entries.values() : [])
      if (value !== GONE) this.#removals.record(key, value, bytes, RemovalReason.CLEARED);
    this.#entries.clear();
    this.#policy.clear();
    this.#tags.clear();
    this.size = 0;
    this.#changeBytes(-this.bytes);
  }

  #add(remembered: CacheEntry<K, V> | undefined, key: K, value: V, details: EntryDetails): void {
    this.#makeRoom(details.bytes, 1);
    const known = remembered?.list !== undefined;
    const entry = known ? remembered : new CacheEntry(key, value);
    entry.value = value;
    this.#describe(entry, details);
    if (!known) this.#entries.set(key, entry);
    this.#policy.add(entry);
    this.size++;
  }

  #replace(entry: CacheEntry<K, V>, old: V, value: V, details: EntryDetails): void {
    this.#removals.record(entry.key, old, entry.bytes, RemovalReason.REPLACED);
    if (entry.tags !== undefined) this.#tags.remove(entry);
    this.#changeBytes(-entry.bytes);
    entry.bytes = 0;
    entry.value = value;
    this.#policy.touch(entry);
    this.#describe(entry, details);
    this.#makeRoom(0, 0);
  }

  #describe(entry: CacheEntry<K, V>, { bytes, expiresAt, tags }: EntryDetails): void {
    entry.bytes = bytes;
    entry.expiresAt = expiresAt;
    entry.tags = tags;
    if (tags !== undefined) this.#tags.add(entry);
    if (bytes > 0) this.#changeBytes(bytes);
  }

  #makeRoom(bytes: Bytes, entries: number): void {
    while (this.size + entries > this.#maxSize && this.evict(RemovalReason.SIZE));
    while (this.bytes + bytes > this.#maxBytes && this.evict(RemovalReason.BYTES));
  }

  #empty(entry: CacheEntry<K, V>, value: V, reason: RemovalReason): void {
    entry.value = GONE;
    this.size--;
    if (entry.tags !== undefined) this.#tags.remove(entry);
    entry.tags = undefined;
    this.#removals.record(entry.key, value, entry.bytes, reason);
    this.#changeBytes(-entry.bytes);
  }

  #changeBytes(change: Bytes): void {
    if (change === 0) return;
    this.bytes += change;
    this.#onBytes?.(change);
  }
}
