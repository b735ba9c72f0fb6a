import type { Bytes, EpochMs } from '../core/units.js';

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
  keys: (K | Gone)[] = [GONE];
  values: (V | Gone)[] = [GONE];
  expiresAt: EpochMs[] = [Number.POSITIVE_INFINITY];
  /** 0 where sizes are not measured. */
  bytes: Bytes[] = [0];
  #free: number[] = [];

  /** A slot for a key. */
  take(key: K, value: V): number {
    const slot = this.#free.pop() ?? this.keys.length;
    this.keys[slot] = key;
    this.values[slot] = value;
    return slot;
  }

  free(slot: number): void {
    this.keys[slot] = GONE;
    this.values[slot] = GONE;
    this.#free.push(slot);
  }

  /** Frees all of them, and their memory. */
  clear(): void {
    this.keys = [GONE];
    this.values = [GONE];
    this.expiresAt = [Number.POSITIVE_INFINITY];
    this.bytes = [0];
    this.#free = [];
  }
}
