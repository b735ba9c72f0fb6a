import type { Clock } from '../../core/clock.js';
import type { Bytes, EpochMs, Milliseconds } from '../../core/units.js';
import { RemovalReason } from '../cache-removal.js';
import { GONE, type Gone, isThere, NONE } from '../slots.js';
import { EntryTable, type EntryTableOptions } from './entry-table.js';
import { Expiry } from './expiry.js';

export interface TimedTableOptions<K, V> extends EntryTableOptions<K, V> {
  readonly clock: Clock;
  /** Called after each sweep. */
  readonly onSweep: () => void;
}

/** Entries that expire: one whose time is over is not there. It is dropped when it is come upon, or by a sweep. */
export class TimedTable<K, V> extends EntryTable<K, V> {
  readonly expiry: Expiry;
  hits = 0;
  misses = 0;
  // Not the slots that they are of: each step on the way to a value is one that the processor waits for.
  readonly #values = this.slots.values;
  readonly #expiresAt = this.slots.expiresAt;

  constructor({ clock, onSweep, ...options }: TimedTableOptions<K, V>) {
    super(options);
    this.expiry = new Expiry(clock, (now) => {
      const next = this.#dropExpired(now);
      onSweep();
      return next;
    });
  }

  /** The value of a key, which counts as a use; undefined where there is none. */
  use(key: K): V | undefined {
    const slot = this.index.find(key);
    if (slot !== NONE && !this.#hasExpired(slot)) {
      const value = this.#values[slot];
      if (isThere(value)) {
        this.hits++;
        this.policy.touch(slot);
        return value;
      }
      this.index.miss(key, slot);
    }
    this.misses++;
    return undefined;
  }

  /** The value of a key without counting as a use; GONE where there is none. */
  peek(key: K): V | Gone | undefined {
    return this.#valueIn(this.index.find(key));
  }

  has(key: K): boolean {
    return isThere(this.peek(key));
  }

  /** Adds or replaces a value, and makes room for it; where it is over or larger than all the room, the old one goes. */
  set(key: K, value: V, expiresAt: EpochMs, bytes: Bytes, tags: readonly string[] | undefined): void {
    let slot = this.index.find(key);
    if (slot !== NONE && this.#hasExpired(slot)) slot = NONE;
    if (expiresAt > this.expiry.now()) {
      const kept = this.put(slot, key, value, bytes, tags);
      if (kept !== NONE) this.#expiresAt[kept] = expiresAt;
      this.expiry.expect(expiresAt);
    } else this.drop(slot, RemovalReason.REPLACED);
  }

  /** As `set`, where there is nothing to be known of the value but its time to live, and nobody watches. */
  setPlain(key: K, value: V, ttlMs: Milliseconds): void {
    const expiresAt = this.expiry.now() + ttlMs;
    const slot = this.isPlain && ttlMs > 0 ? this.#putPlain(key, value) : NONE;
    if (slot === NONE) this.set(key, value, expiresAt, 0, undefined);
    else {
      this.#expiresAt[slot] = expiresAt;
      this.expiry.expect(expiresAt);
    }
  }

  /** Takes the entry of a key out. @returns whether it had a value */
  dropKey(key: K, reason: RemovalReason): boolean {
    const slot = this.index.find(key);
    return !this.#hasExpired(slot) && this.drop(slot, reason);
  }

  /** Keys and values. */
  *entries(): Generator<[K, V]> {
    for (const slot of this.slots.held()) {
      const key = this.slots.keys[slot];
      const value = this.#values[slot];
      if (isThere(key) && isThere(value) && !this.#isOver(slot)) yield [key, value];
    }
  }

  override clear(): void {
    super.clear();
    this.expiry.stop();
  }

  /** @returns the slot; NONE where it is not as simple as that */
  #putPlain(key: K, value: V): number {
    const slot = this.index.findMissed(key);
    if (!isThere(this.#values[slot])) return this.isFull ? this.takeTurns(slot, key, value) : NONE;
    if (this.#hasExpired(slot)) return NONE;
    this.#values[slot] = value;
    this.policy.touch(slot);
    return slot;
  }

  /** What stands in a slot; GONE where its time is over, in which case it is dropped. */
  #valueIn(slot: number): V | Gone | undefined {
    return this.#hasExpired(slot) ? GONE : this.#values[slot];
  }

  /** Whether an entry's time is over, in which case it is dropped. */
  #hasExpired(slot: number): boolean {
    return this.expiry.possible && this.#isOver(slot) && this.drop(slot, RemovalReason.TTL);
  }

  #isOver(slot: number): boolean {
    return this.expiry.isOver(this.#expiresAt[slot] ?? Number.POSITIVE_INFINITY);
  }

  /** Drops what expires at `now` or before. @returns when the next expires; `Infinity` where none does */
  #dropExpired(now: EpochMs): EpochMs {
    let next = Number.POSITIVE_INFINITY;
    for (const slot of this.slots.held()) {
      const expiresAt = this.#expiresAt[slot] ?? next;
      if (expiresAt <= now) this.drop(slot, RemovalReason.TTL);
      else if (expiresAt < next) next = expiresAt;
    }
    return next;
  }
}
