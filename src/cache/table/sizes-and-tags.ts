import type { Bytes } from '../../core/units.js';
import { TagIndex } from './tag-index.js';

/** What some entries have besides a value. In a cache where none has, nothing is kept and nothing is to be undone. */
export class SizesAndTags {
  /** Whether no entry has any of it. */
  none = true;
  /** Of all entries. */
  bytes: Bytes = 0;
  readonly #bySlot: Bytes[] = [];
  readonly #tags = new TagIndex();
  /** Told of each change of the bytes. */
  readonly #onBytes: ((change: Bytes) => void) | undefined;

  constructor(onBytes: ((change: Bytes) => void) | undefined) {
    this.#onBytes = onBytes;
  }

  /** Gives them to a slot that has none. */
  set(slot: number, bytes: Bytes, tags: readonly string[] | undefined): void {
    this.none = false;
    // The slots given out while there was none.
    while (this.#bySlot.length <= slot) this.#bySlot.push(0);
    this.#bySlot[slot] = bytes;
    if (tags !== undefined) this.#tags.add(slot, tags);
    this.#change(bytes);
  }

  /** Takes them from a slot. */
  remove(slot: number): void {
    const bytes = this.bytesOf(slot);
    this.#bySlot[slot] = 0;
    this.#tags.remove(slot);
    this.#change(-bytes);
  }

  bytesOf(slot: number): Bytes {
    return this.#bySlot[slot] ?? 0;
  }

  slotsOf(tag: string): number[] {
    return this.#tags.slotsOf(tag);
  }

  clear(): void {
    this.none = true;
    this.#bySlot.length = 0;
    this.#tags.clear();
    this.#change(-this.bytes);
  }

  #change(change: Bytes): void {
    if (change === 0) return;
    this.bytes += change;
    this.#onBytes?.(change);
  }
}
