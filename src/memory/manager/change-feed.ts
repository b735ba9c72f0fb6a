import { Observable, Subject } from 'rxjs';
import type { Clock } from '../../core/clock.js';
import type { Teardown } from '../../core/disposer.js';
import type { Milliseconds } from '../../core/units.js';
import { type EntryDeque, MemoryOrder, type MemoryRecord } from './entry-deque.js';
import type { MemoryRemovalReason } from './removal-reason.js';

/** An entry that went, and why. */
export interface RemovedRecord<Entry> extends MemoryRecord<Entry> {
  readonly reason: MemoryRemovalReason;
}

/** What changed since the notice before: take out `removed`, then put `added` at the end, and you have what is there. */
export interface MemoryChange<Entry> {
  /** Oldest first. */
  readonly added: readonly MemoryRecord<Entry>[];
  readonly removed: readonly RemovedRecord<Entry>[];
  /** Entries that came and went in between, and are in neither list. */
  readonly passed: number;
}

/**
 * Tells of changes in batches. What waits to be told is never more than what is kept: entries that come and go between
 * two notices are only counted, and those that came are looked up when it is time.
 */
export class ChangeFeed<Entry> {
  readonly change$: Observable<MemoryChange<Entry>>;
  readonly #deque: EntryDeque<Entry>;
  readonly #clock: Clock;
  readonly #intervalMs: Milliseconds;
  readonly #changes = new Subject<MemoryChange<Entry>>();
  /** The first id that has not been told. */
  #untold = 0;
  #removed: RemovedRecord<Entry>[] = [];
  #passed = 0;
  #cancelTimer: Teardown | undefined;

  constructor(deque: EntryDeque<Entry>, clock: Clock, intervalMs: Milliseconds) {
    this.#deque = deque;
    this.#clock = clock;
    this.#intervalMs = intervalMs;
    this.change$ = new Observable((subscriber) => {
      // Those who watch already are told first, so that all stand at the same point.
      this.flush();
      this.#untold = deque.nextId;
      const subscription = this.#changes.subscribe(subscriber);
      if (deque.size > 0) subscriber.next({ added: [...deque.records()], removed: [], passed: 0 });
      return () => {
        subscription.unsubscribe();
        if (!this.#changes.observed) this.#forget();
      };
    });
  }

  added(): void {
    if (this.#changes.observed) this.#arm();
  }

  removed({ id, entry, bytes }: MemoryRecord<Entry>, reason: MemoryRemovalReason): void {
    if (!this.#changes.observed) return;
    if (id < this.#untold) this.#removed.push({ id, entry, bytes, reason });
    else this.#passed++;
    this.#arm();
  }

  /** Tells at once what waits. */
  flush(): void {
    if (!this.#cancelTimer) return;
    const added = this.#untoldRecords();
    const removed = this.#removed;
    const passed = this.#passed;
    this.#forget();
    this.#untold = this.#deque.nextId;
    this.#changes.next({ added, removed, passed });
  }

  complete(): void {
    this.flush();
    this.#changes.complete();
  }

  #untoldRecords(): MemoryRecord<Entry>[] {
    const added: MemoryRecord<Entry>[] = [];
    for (const record of this.#deque.records(MemoryOrder.NEWEST_FIRST)) {
      if (record.id < this.#untold) break;
      added.push(record);
    }
    return added.reverse();
  }

  #arm(): void {
    this.#cancelTimer ??= this.#clock.setTimer(() => this.flush(), this.#intervalMs);
  }

  #forget(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#removed = [];
    this.#passed = 0;
  }
}
