import type { EpochMs } from '../core/units.js';

/** Stands for no slot. */
export const NONE = 0;

/** Stands in for the key of a slot that is free, and for the value of a key that has gone and is only remembered. */
export const GONE: unique symbol = Symbol('gone');
export type Gone = typeof GONE;

/** Whether something stands in a slot, any of those that were given out. */
export function isThere<T>(held: T | Gone | undefined): held is T {
  return held !== GONE;
}

/**
 * What a cache holds, by slot: a column for each property instead of an object for each entry, so that a new entry costs no
 * allocation, and work on many entries reads little memory. Slots are numbered from 1 on and used again.
 */
export class Slots<K, V> {
  readonly keys: (K | Gone)[] = [GONE];
  readonly values: (V | Gone)[] = [GONE];
  readonly expiresAt: EpochMs[] = [Number.POSITIVE_INFINITY];
  /** Those that are free: the last, which in a full cache is the next to be taken and keeps its key until then, and the others. */
  #spare: number = NONE;
  #free: number[] = [];

  /** A slot for a key. */
  take(key: K, value: V): number {
    const slot = this.#spare === NONE ? (this.#free.pop() ?? this.#add()) : this.#spare;
    this.#spare = NONE;
    this.keys[slot] = key;
    this.values[slot] = value;
    return slot;
  }

  /** Frees a slot whose value is GONE. */
  free(slot: number): void {
    if (this.#spare !== NONE) this.#putAside(this.#spare);
    this.#spare = slot;
  }

  /** Those that hold a value. */
  *held(): Generator<number> {
    for (const [slot, value] of this.values.entries()) if (isThere(value)) yield slot;
  }

  /** Frees all of them, and their memory. */
  clear(): void {
    for (const column of [this.keys, this.values, this.expiresAt]) column.length = 1;
    this.#spare = NONE;
    this.#free = [];
  }

  #add(): number {
    this.values.push(GONE);
    this.expiresAt.push(Number.POSITIVE_INFINITY);
    return this.keys.push(GONE) - 1;
  }

  #putAside(slot: number): void {
    this.keys[slot] = GONE;
    this.#free.push(slot);
  }
}
