import { type Observable, Subject } from 'rxjs';
import { SystemClock } from '../../core/clock.js';
import { disposeSymbol, type Teardown } from '../../core/disposer.js';
import type { PoiseError } from '../../core/errors.js';
import type { Lifecycle } from '../../core/lifecycle.js';
import { LiveSnapshot } from '../../core/live-snapshot.js';
import type { MemoryRelease, MemoryResponder } from '../../core/memory-responder.js';
import { PressureLevel } from '../../core/pressure-level.js';
import type { Bytes } from '../../core/units.js';
import { checkArgument, oneOf } from '../../core/validate.js';
import { ChangeFeed, type MemoryChange } from './change-feed.js';
import { type CleanupCallback, CleanupCallbacks } from './cleanup-callbacks.js';
import { CleanupTimer } from './cleanup-timer.js';
import { EntryDeque, MemoryOrder, type MemoryRecord } from './entry-deque.js';
import { EntrySizer } from './entry-sizer.js';
import { EntryTrimmer } from './entry-trimmer.js';
import { HeapWatch } from './heap-watch.js';
import {
  type MemoryManagerConfig,
  type MemoryManagerSettings,
  maxBytesOf,
  resolveMemoryManagerConfig,
} from './memory-manager-config.js';
import type { MemoryManagerDependencies } from './memory-manager-dependencies.js';
import { entryTooLarge, heapFailed, sizeUnknown } from './memory-manager-error.js';
import type { MemoryManagerStats } from './memory-manager-stats.js';
import { higherOf, levelAt, shareGivenAt } from './pressure-table.js';
import { MemoryRemovalReason } from './removal-reason.js';
import type { Truncation } from './truncate-body.js';

const NONE: MemoryRelease = Object.freeze({ items: 0, bytes: 0 });

/**
 * Keeps the newest entries within a number and within a budget of bytes, in the order in which they were added
 * (seed 004: MemoryManager). `add` costs the same at any size, and never leaves more than the limits allow.
 *
 * Entries are measured once, when they are added, with their bodies cut to `maxBodySize`; they should not grow later.
 * It keeps entries whether it runs or not. While it runs it also looks at the memory, and cleans up by pressure:
 *
 * | pressure   | from this share of the heap's limit, or of `maxMemoryMb` | oldest that go at a clean-up |
 * | ---------- | --- | --- |
 * | `nominal`  |      | none                          |
 * | `fair`     | 70 % | 10 % of the entries or bytes  |
 * | `serious`  | 85 % | 25 %                          |
 * | `critical` | 95 % | 50 %                          |
 *
 * at once when a reading of the heap raises the level, and every `cleanupIntervalMs` while it lasts.
 */
export class MemoryManager<Entry = unknown> implements Lifecycle, MemoryResponder, Iterable<MemoryRecord<Entry>> {
  readonly name: string;
  readonly config: MemoryManagerSettings<Entry>;
  readonly stats$: Observable<MemoryManagerStats>;
  /**
   * What comes and goes, in batches: first all that is kept, then what changes. Entries that come and go between two
   * notices are only counted. Never errors; completes on dispose.
   */
  readonly changes$: Observable<MemoryChange<Entry>>;
  /** Entries that were refused, and callbacks and heap readings that failed. Never errors; completes on dispose. */
  readonly errors$: Observable<PoiseError>;

  readonly #maxBytes: Bytes;
  readonly #entries = new EntryDeque<Entry>();
  readonly #heap: HeapWatch;
  readonly #timer: CleanupTimer;
  readonly #trimmer: EntryTrimmer;
  readonly #sizer: EntrySizer<Entry>;
  readonly #feed: ChangeFeed<Entry>;
  readonly #snapshot: LiveSnapshot<MemoryManagerStats>;
  readonly #errors = new Subject<PoiseError>();
  readonly #callbacks = new CleanupCallbacks((error) => this.#report(error));
  readonly #removed: Record<MemoryRemovalReason, number> = { size: 0, bytes: 0, pressure: 0, deleted: 0, cleared: 0 };
  readonly #counts = { added: 0, refused: 0, cleanups: 0, freedBytes: 0, sizeFailures: 0 };
  #disposed = false;

  /** @throws ConfigError */
  constructor(
    config: MemoryManagerConfig<Entry> = {},
    { clock = new SystemClock(), heap$ }: MemoryManagerDependencies = {},
  ) {
    this.config = resolveMemoryManagerConfig(config);
    const { name, bodyFields, maxBodySize, cleanupIntervalMs, notifyIntervalMs, sizeOf } = this.config;
    this.name = name;
    this.#heap = new HeapWatch(heap$, {
      onReading: (raised) => {
        if (raised) this.cleanup();
        this.#snapshot.notify();
      },
      onFailure: (cause) => this.#report(heapFailed(cause)),
    });
    this.#timer = new CleanupTimer({
      clock,
      intervalMs: cleanupIntervalMs,
      isNeeded: () => this.size > 0,
      cleanUp: () => this.cleanup(),
    });
    this.#maxBytes = maxBytesOf(this.config);
    this.#trimmer = new EntryTrimmer(maxBodySize, bodyFields);
    this.#sizer = new EntrySizer(sizeOf, (cause) => this.#onSizeFailure(cause));
    this.#feed = new ChangeFeed(this.#entries, clock, notifyIntervalMs);
    this.#snapshot = new LiveSnapshot(() => this.stats, clock);
    this.stats$ = this.#snapshot.value$;
    this.changes$ = this.#feed.change$;
    this.errors$ = this.#errors.asObservable();
  }

  get size(): number {
    return this.#entries.size;
  }

  /** What the entries take. */
  get bytes(): Bytes {
    return this.#entries.bytes;
  }

  /** How scarce memory is: the worse of what the heap and the entries' own bytes say. */
  get pressure(): PressureLevel {
    return higherOf(this.#heap.level, levelAt(this.bytes / this.#maxBytes));
  }

  get stats(): MemoryManagerStats {
    const { truncatedBodies, truncatedBytes } = this.#trimmer;
    return {
      ...this.#counts,
      entries: this.size,
      maxEntries: this.config.maxEntries,
      bytes: this.bytes,
      maxBytes: this.#maxBytes,
      memoryUsagePercent: (this.bytes / this.#maxBytes) * 100,
      heap: this.#heap.reading,
      pressure: this.pressure,
      removed: { ...this.#removed },
      freedEntries: this.#removed.pressure,
      callbackFailures: this.#callbacks.failures,
      truncatedBodies,
      truncatedBytes,
    };
  }

  /** Begins to watch the heap, and to look at the memory every `cleanupIntervalMs` while there are entries. */
  start(): void {
    if (this.#timer.running || this.#disposed) return;
    this.#timer.start();
    this.#heap.start();
  }

  /** Ends the watching. Entries stay, and more can be added. */
  stop(): void {
    this.#timer.stop();
    this.#heap.stop();
    this.#feed.flush();
  }

  /**
   * Keeps an entry, with its bodies cut to `maxBodySize`, and drops the oldest while there is more than the limits allow.
   * @returns its id; `undefined` when it was refused, as it alone is over the budget (nothing goes for it), or after
   * dispose
   */
  add(entry: Entry): number | undefined {
    if (this.#disposed) return undefined;
    const kept = this.#trimmer.trim(entry);
    const bytes = this.#sizer.measure(kept);
    if (bytes > this.#maxBytes) return this.#refuse(bytes);
    const id = this.#entries.push(kept, bytes);
    this.#counts.added++;
    while (this.#entries.size > this.config.maxEntries) this.#drop(MemoryRemovalReason.SIZE);
    while (this.#entries.bytes > this.#maxBytes) this.#drop(MemoryRemovalReason.BYTES);
    this.#feed.added();
    this.#snapshot.notify();
    this.#timer.arm();
    return id;
  }

  get(id: number): Entry | undefined {
    return this.#entries.get(id)?.entry;
  }

  has(id: number): boolean {
    return this.#entries.get(id) !== undefined;
  }

  /** @returns whether it was there */
  delete(id: number): boolean {
    const record = this.#entries.delete(id);
    if (!record) return false;
    this.#onRemoved(record, MemoryRemovalReason.DELETED);
    this.#afterRemoval();
    return true;
  }

  clear(): void {
    for (const record of this.#entries.records()) this.#onRemoved(record, MemoryRemovalReason.CLEARED);
    this.#entries.clear();
    this.#afterRemoval();
  }

  /**
   * Goes through what is kept. The manager may change meanwhile: what goes is not seen any more, nothing is seen twice.
   * @throws ConfigError when there is no such order
   */
  records(order: MemoryOrder = MemoryOrder.OLDEST_FIRST): IterableIterator<MemoryRecord<Entry>> {
    checkArgument('records', 'order', order, oneOf(MemoryOrder));
    return this.#entries.records(order);
  }

  /** Oldest first. */
  [Symbol.iterator](): IterableIterator<MemoryRecord<Entry>> {
    return this.#entries.records();
  }

  /**
   * A body cut to `maxBodySize` bytes, and what was cut: a text (as UTF-8, never inside a code point), a buffer, view or
   * Blob. Other bodies stay as they are. What is short enough is not copied; what is cut shares no memory with the
   * original, but a Blob, whose rest the browser may keep. Buffers of bytes are not cut inside a UTF-8 sequence; Blobs,
   * which can't be looked into at once, may be. Never throws.
   */
  truncateResponseBody<Body>(body: Body): Truncation<Body>;
  truncateResponseBody(body: unknown): Truncation {
    return this.#trimmer.truncate(body);
  }

  /**
   * Has `callback` called after each clean-up, with the number of entries that went. (Entries that go as there are newer
   * ones are told by `changes$`.)
   * @returns what takes the callback away again
   * @throws ConfigError when it is no function
   */
  addCleanupCallback(callback: CleanupCallback): Teardown {
    return this.#callbacks.add(callback);
  }

  /**
   * Drops the oldest entries, as many as the level of pressure calls for: none at 'nominal'.
   * @returns how many
   * @throws ConfigError when there is no such level
   */
  cleanup(level: PressureLevel = this.pressure): number {
    return this.releaseMemory(level).items;
  }

  /** The same, and how many bytes went: what a MemoryOptimizer asks for. @throws ConfigError */
  releaseMemory(level: PressureLevel): MemoryRelease {
    checkArgument('cleanup', 'level', level, oneOf(PressureLevel));
    const share = shareGivenAt(level);
    const before = { size: this.size, bytes: this.bytes };
    if (share === 0 || before.size === 0) return NONE;
    const leastEntries = before.size * (1 - share);
    const leastBytes = before.bytes * (1 - share);
    do this.#drop(MemoryRemovalReason.PRESSURE);
    while (this.size > leastEntries && this.bytes > leastBytes);
    const freed = { items: before.size - this.size, bytes: before.bytes - this.bytes };
    this.#counts.cleanups++;
    this.#counts.freedBytes += freed.bytes;
    this.#afterRemoval();
    this.#callbacks.run(freed.items);
    return freed;
  }

  /** Stops for good, and lets go of all entries. */
  [disposeSymbol](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.clear();
    this.stop();
    this.#callbacks.clear();
    this.#feed.complete();
    this.#snapshot.complete();
    this.#errors.complete();
  }

  #drop(reason: MemoryRemovalReason): void {
    const record = this.#entries.shift();
    if (record) this.#onRemoved(record, reason);
  }

  #onRemoved(record: MemoryRecord<Entry>, reason: MemoryRemovalReason): void {
    this.#removed[reason]++;
    this.#feed.removed(record, reason);
  }

  #afterRemoval(): void {
    if (this.size === 0) this.#timer.rest();
    this.#snapshot.notify();
  }

  #refuse(bytes: Bytes): undefined {
    this.#counts.refused++;
    this.#report(entryTooLarge(bytes, this.#maxBytes));
  }

  #onSizeFailure(cause: unknown): void {
    this.#counts.sizeFailures++;
    this.#report(sizeUnknown(cause));
  }

  #report(error: PoiseError): void {
    this.#errors.next(error);
    this.#snapshot.notify();
  }
}
