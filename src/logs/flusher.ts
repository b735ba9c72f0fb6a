import type { Clock } from '../core/clock.js';
import type { Teardown } from '../core/disposer.js';
import { StorageErrorKind, toStorageError } from '../storage/index.js';
import type { PackBuffer } from './pack-buffer.js';
import type { SegmentWriter } from './segment-writer.js';

/** Why entries were written when they were. */
export type WriteReason = 'count' | 'age' | 'hidden' | 'flush' | 'dispose';

/** What the flusher needs of its log. */
export interface FlusherHost {
  readonly buffer: PackBuffer;
  readonly writer: SegmentWriter;
  readonly clock: Clock;
  /** Entries that may wait when nothing can be written. */
  readonly maxPending: number;
  /** Removes the oldest segments. @returns false when there was nothing to remove */
  readonly makeRoom: () => Promise<boolean>;
  readonly fallBack: (cause: unknown) => void;
  readonly onWrite: (count: number, reason: WriteReason) => void;
  readonly onDropped: (count: number, cause: unknown) => void;
  readonly onDiskFull: (cause: unknown) => void;
}

/** A full disk is tried again after this. */
const RETRY_MS = 5_000;

interface Waiter {
  readonly target: number;
  readonly lostBefore: number;
  readonly resolve: (durable: boolean) => void;
}

/** Brings what waits to the store, one transaction at a time, and decides what to do when that fails. Never throws. */
export class Flusher {
  /** Entries that have left the buffer so far, written or lost. */
  #done = 0;
  #lost = 0;
  #added = 0;
  #diskFull = false;
  #running = false;
  #drained: Promise<void> = Promise.resolve();
  #waiters: Waiter[] = [];
  #cancelRetry: Teardown = () => undefined;
  readonly #host: FlusherHost;

  constructor(host: FlusherHost) {
    this.#host = host;
  }

  get diskFull(): boolean {
    return this.#diskFull;
  }

  /** One entry more is in the buffer. */
  added(): void {
    this.#added++;
    if (this.#diskFull) this.#trim();
  }

  /** Writes all that waits. @returns whether what was added before is stored; false when it still waits, or was lost */
  flush(reason: WriteReason): Promise<boolean> {
    const target = this.#added;
    if (this.#done >= target) return Promise.resolve(true);
    return new Promise((resolve) => {
      this.#waiters.push({ target, lostBefore: this.#lost, resolve });
      this.run(reason);
    });
  }

  /** Begins to write, if nobody does. */
  run(reason: WriteReason): void {
    if (this.#running) return;
    this.#running = true;
    this.#drained = this.#drain(reason);
  }

  /** Writes what waits as the page goes, beside a write that may be under way. Whoever waits for it gets no answer any more. */
  runLast(): void {
    const { buffer, writer, onWrite } = this.#host;
    void writer.writeLast().then((count) => {
      this.#done += count;
      if (count > 0) onWrite(count, 'hidden');
      // Where the page is still there after all, what failed is written as ever, and told of where that fails.
      if (buffer.size > 0) this.run('hidden');
    });
  }

  /** Resolves when no write is under way. */
  idle(): Promise<void> {
    return this.#drained;
  }

  /** Gives up trying again; what waits stays in the buffer. */
  stop(): void {
    this.#cancelRetry();
  }

  async #drain(reason: WriteReason): Promise<void> {
    const { buffer, writer, onWrite } = this.#host;
    let failures = 0;
    while (buffer.size > 0) {
      try {
        const count = await writer.write();
        failures = 0;
        this.#diskFull = false;
        this.#done += count;
        if (count > 0) onWrite(count, reason);
        this.#settle(true);
      } catch (cause) {
        failures++;
        if (await this.#recover(cause, failures)) continue;
        this.#settle(false);
        break;
      }
    }
    this.#running = false;
  }

  /** @returns whether to try again at once */
  async #recover(cause: unknown, failures: number): Promise<boolean> {
    const { makeRoom, fallBack, onDiskFull } = this.#host;
    const { kind } = toStorageError(cause);
    if (kind === StorageErrorKind.UNCLONABLE) return this.#dropUnclonable(cause);
    if (kind === StorageErrorKind.FAILED && failures === 1) return true;
    if (kind !== StorageErrorKind.QUOTA) {
      fallBack(cause);
      return true;
    }
    // Once: a loop of removing and writing again would keep the disk busy for nothing.
    if (failures === 1 && (await makeRoom().catch(() => false))) return true;
    if (!this.#diskFull) onDiskFull(cause);
    this.#diskFull = true;
    this.#trim();
    this.#cancelRetry();
    this.#cancelRetry = this.#host.clock.setTimer(() => this.run('age'), RETRY_MS);
    return false;
  }

  #dropUnclonable(cause: unknown): boolean {
    const dropped = this.#host.buffer.dropUnclonable();
    this.#lose(dropped, cause);
    return dropped > 0;
  }

  #trim(): void {
    this.#lose(this.#host.buffer.trim(this.#host.maxPending), new RangeError('the disk is full'));
  }

  #lose(count: number, cause: unknown): void {
    if (count === 0) return;
    this.#done += count;
    this.#lost += count;
    this.#host.onDropped(count, cause);
  }

  /** Answers those whose entries are through; where nothing more can be written now, all. */
  #settle(wrote: boolean): void {
    const answered = this.#waiters.filter(({ target }) => !wrote || this.#done >= target);
    this.#waiters = this.#waiters.filter((waiter) => !answered.includes(waiter));
    for (const { lostBefore, resolve } of answered) resolve(wrote && this.#lost === lostBefore);
  }
}
