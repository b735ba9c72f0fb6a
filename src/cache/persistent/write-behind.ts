import type { Bytes } from '../../core/units.js';
import { StorageErrorKind, toStorageError } from '../../storage/index.js';
import type { PackWriter, Removals } from './pack-writer.js';
import type { DiskKey } from './record.js';
import { type Slot, toSlot } from './slot.js';
import { WriteBatch } from './write-batch.js';

/** What is put into its stored form, and written, in one go: more would make a long task. */
const MOST_ENTRIES = 1_000;
const MOST_BYTES: Bytes = 500_000;

export interface WriteBehindOptions {
  readonly writer: PackWriter;
  /** Resolves when writing can begin. */
  readonly opened: Promise<unknown>;
  readonly onWritten: (bytes: Bytes) => void;
  /** Removes the oldest packs. @returns false when there was nothing to remove */
  readonly makeRoom: (cause: unknown) => Promise<boolean>;
  /** Nothing can be written any more. */
  readonly onGivenUp: (cause: unknown) => void;
  readonly onUnstorable: (key: DiskKey, cause: unknown) => void;
  readonly onIdle: () => void;
}

interface Waiter {
  /** Transactions, and entries in them, that have to be through. */
  readonly takes: number;
  readonly entries: number;
  readonly resolve: (durable: boolean) => void;
}

/**
 * Calls of one task are put together in a microtask and written in one transaction, calls made meanwhile in the next:
 * nothing waits for longer than a transaction takes, so that there is no timer and nothing special to do at page hide.
 */
export class WriteBehind<V> {
  /** Called and not yet written; then what is being written. */
  #waiting = new WriteBatch<V>();
  #writing = new WriteBatch<V>();
  readonly #options: WriteBehindOptions;
  #waiters: Waiter[] = [];
  #takes = 0;
  /** Entries that have left what waits, written or cleared. */
  #taken = 0;
  #running = false;
  #givenUp = false;

  constructor(options: WriteBehindOptions) {
    this.#options = options;
  }

  get pending(): number {
    return this.#waiting.entries.size + this.#writing.entries.size;
  }

  /** Newest first: what they say goes before what is on disk. */
  get batches(): readonly WriteBatch<V>[] {
    return [this.#waiting, this.#writing];
  }

  /** Changes what waits, and sees to it that it is written. */
  change(change: (batch: WriteBatch<V>) => void): void {
    if (this.#givenUp) return;
    const before = this.#waiting.entries.size;
    change(this.#waiting);
    if (this.#waiting.entries.size < before) this.#taken += before;
    if (this.#running) return;
    this.#running = true;
    queueMicrotask(() => void this.#run());
  }

  /** @returns whether everything called before is durable */
  flush(): Promise<boolean> {
    if (this.#givenUp) return Promise.resolve(false);
    if (!this.#running) return Promise.resolve(true);
    const takes = this.#takes + (this.#waiting.isEmpty ? 0 : 1);
    const entries = this.#taken + this.#waiting.entries.size;
    return new Promise((resolve) => this.#waiters.push({ takes, entries, resolve }));
  }

  /** From now on calls are forgotten. */
  giveUp(): void {
    this.#givenUp = true;
    this.#waiting = new WriteBatch();
    this.#writing = new WriteBatch();
    this.#settle(false);
  }

  async #run(): Promise<void> {
    await this.#options.opened;
    while (!this.#waiting.isEmpty) {
      const { slots, removals } = this.#take();
      const taken = this.#taken;
      if (!(await this.#write(slots, removals))) break;
      this.#writing = new WriteBatch();
      this.#settle(true, taken);
    }
    this.#running = false;
    if (!this.#givenUp) this.#options.onIdle();
  }

  /** Takes from what waits as much as makes one transaction, in the form in which it is stored. */
  #take(): { readonly slots: readonly Slot[]; readonly removals: Removals } {
    const { entries, tags, cleared } = this.#waiting;
    const writing = new WriteBatch<V>();
    writing.cleared = cleared;
    for (const tag of tags) writing.tags.add(tag);
    const slots: Slot[] = [];
    const deleted: DiskKey[] = [];
    let bytes: Bytes = 0;
    for (const [key, entry] of entries) {
      if (slots.length + deleted.length === MOST_ENTRIES || bytes > MOST_BYTES) break;
      const slot = entry && this.#toSlot(key, entry);
      if (slot) {
        slots.push(slot);
        bytes += slot.bytes;
      } else deleted.push(key);
      writing.entries.set(key, entry);
      entries.delete(key);
    }
    tags.clear();
    this.#waiting.cleared = false;
    this.#writing = writing;
    this.#takes++;
    this.#taken += writing.entries.size;
    return { slots, removals: { cleared, deleted, deletedTags: [...writing.tags] } };
  }

  #toSlot(key: DiskKey, entry: { readonly value: V } & Pick<Slot, 'key' | 'expiresAt' | 'tags'>): Slot | undefined {
    try {
      return toSlot(entry, entry.value);
    } catch (cause) {
      this.#options.onUnstorable(key, cause);
      return undefined;
    }
  }

  /** @returns false when it was given up */
  async #write(slots: readonly Slot[], removals: Removals): Promise<boolean> {
    const { writer, onWritten, onGivenUp } = this.#options;
    const tried = new Set<StorageErrorKind>();
    for (;;) {
      try {
        await writer.write(slots, removals);
        onWritten(slots.reduce((sum, { bytes }) => sum + bytes, 0));
        return !this.#givenUp;
      } catch (cause) {
        if (await this.#recover(cause, tried)) continue;
        this.giveUp();
        onGivenUp(cause);
        return false;
      }
    }
  }

  /** Once for each kind: a loop of removing and writing again would keep the disk busy for nothing. */
  async #recover(cause: unknown, tried: Set<StorageErrorKind>): Promise<boolean> {
    const { kind } = toStorageError(cause);
    if (tried.has(kind) || this.#givenUp) return false;
    tried.add(kind);
    if (kind === StorageErrorKind.QUOTA) return await this.#options.makeRoom(cause).catch(() => false);
    return kind === StorageErrorKind.FAILED;
  }

  #settle(durable: boolean, taken = 0): void {
    const settled = this.#waiters.filter(
      ({ takes, entries }) => !durable || (takes <= this.#takes && entries <= taken),
    );
    this.#waiters = this.#waiters.filter((waiter) => !settled.includes(waiter));
    for (const { resolve } of settled) resolve(durable);
  }
}
