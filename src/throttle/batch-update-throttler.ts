import { type Observable, Subject, type Subscription } from 'rxjs';
import { type Clock, SystemClock } from '../core/clock.js';
import { asyncDisposeSymbol, disposeSymbol, type Teardown } from '../core/disposer.js';
import type { Lifecycle } from '../core/lifecycle.js';
import { LiveSnapshot } from '../core/live-snapshot.js';
import { Quantiles } from '../core/quantiles.js';
import { observeVisibility } from '../core/scheduling.js';
import type { Milliseconds } from '../core/units.js';
import { checkArgument, func } from '../core/validate.js';
import { type BatchConfig, type BatchSettings, OverflowPolicy, resolveBatchConfig } from './batch-config.js';
import { BatchError } from './batch-error.js';
import type { BatchStats } from './batch-stats.js';
import { ItemQueue } from './item-queue.js';
import type { ThrottleDependencies } from './throttle-dependencies.js';

/** Why a batch went. */
export type BatchReason = 'count' | 'age' | 'hidden' | 'flush' | 'dispose';

/** Takes a batch; the next one waits until the returned promise has settled. */
export type BatchProcessor<Item> = (items: readonly Item[], reason: BatchReason) => unknown;

type Outcome<Item> = 'processed' | 'stopped' | BatchError<Item>;

/** Batches may keep the main thread this long before they let others in. */
const SLICE_MS: Milliseconds = 8;

/**
 * Gathers items into batches (seed 004: BatchUpdateThrottler): in order, one batch at a time, when enough have come,
 * when the first has waited long enough, or when the page is hidden. Runs from the moment it has a processor.
 */
export class BatchUpdateThrottler<Item> implements Lifecycle {
  readonly stats$: Observable<BatchStats>;
  /** Batches that were given up. Never errors; completes on dispose. */
  readonly errors$: Observable<BatchError<Item>>;

  readonly #clock: Clock;
  readonly #document: Document | undefined;
  readonly #config: BatchSettings;
  readonly #queue = new ItemQueue<Item>();
  readonly #errors = new Subject<BatchError<Item>>();
  readonly #settled$ = new Subject<void>();
  readonly #snapshot: LiveSnapshot<BatchStats>;
  readonly #latency = new Quantiles();
  #processor: BatchProcessor<Item> | undefined;
  /** There while it runs. */
  #visibility: Subscription | undefined;
  #cancelTimer: Teardown | undefined;
  #endRetryWait: Teardown | undefined;
  /** Items that go although they fill no batch, and why. */
  #due = 0;
  #dueReason: BatchReason = 'flush';
  #underWay = 0;
  #processing = false;
  #sliceStart = 0;
  #disposed = false;
  readonly #counts = { added: 0, processed: 0, failed: 0, dropped: 0, refused: 0, batches: 0, retries: 0 };

  /** @throws ConfigError */
  constructor(
    config: BatchConfig = {},
    { clock = new SystemClock(), environment = globalThis }: ThrottleDependencies = {},
  ) {
    this.#config = resolveBatchConfig(config);
    this.#clock = clock;
    this.#document = environment.document;
    this.#snapshot = new LiveSnapshot(() => this.stats, clock);
    this.stats$ = this.#snapshot.value$;
    this.errors$ = this.#errors.asObservable();
  }

  get stats(): BatchStats {
    return {
      ...this.#counts,
      pending: this.#queue.size + this.#underWay,
      latency: this.#latency.summary(),
    };
  }

  /** Says what to do with a batch, and starts. @throws ConfigError when `processor` is no function */
  setBatchProcessor(processor: BatchProcessor<Item>): void {
    checkArgument('setBatchProcessor', 'processor', processor, func);
    this.#processor = processor;
    this.start();
  }

  start(): void {
    if (this.#visibility || this.#disposed || !this.#processor) return;
    this.#visibility = observeVisibility(this.#document).subscribe((visible) => {
      if (!visible) this.#makeDue('hidden');
    });
    this.#schedule();
  }

  /** Begins no further batch. What waits stays, and goes after the next `start()`. */
  stop(): void {
    this.#visibility?.unsubscribe();
    this.#visibility = undefined;
    this.#clearTimer();
    this.#endRetryWait?.();
  }

  /** Adds an item; costs tens of nanoseconds. @returns false when it was refused: the queue is full, or disposed */
  add(item: Item): boolean {
    if (this.#disposed) {
      this.#counts.refused++;
      return false;
    }
    if (this.#queue.size + this.#underWay >= this.#config.maxQueueSize && !this.#makeRoom()) {
      this.#counts.refused++;
      return false;
    }
    this.#queue.add(item, this.#clock.now());
    this.#counts.added++;
    if (this.#visibility) this.#schedule();
    return true;
  }

  /** Sends what waits. Resolves when all that was added before has been processed or given up. */
  flush(): Promise<void> {
    return this.#drain('flush');
  }

  /** Takes nothing more, sends what waits, and ends when that is done. */
  [disposeSymbol](): void {
    void this[asyncDisposeSymbol]();
  }

  /** Takes nothing more, sends what waits, and resolves when that is done. */
  async [asyncDisposeSymbol](): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    if (this.#visibility) await this.#drain('dispose');
    this.stop();
    const left = this.#queue.take(this.#queue.size);
    if (left.length > 0) this.#giveUp(new BatchError(left, 0, 'disposed before it had a processor'));
    this.#snapshot.complete();
    this.#errors.complete();
    this.#settled$.complete();
  }

  #makeRoom(): boolean {
    if (this.#config.overflow === OverflowPolicy.REFUSE || this.#queue.size === 0) return false;
    this.#counts.dropped += this.#queue.take(1).length;
    this.#due = Math.max(0, this.#due - 1);
    return true;
  }

  async #drain(reason: BatchReason): Promise<void> {
    const goal = this.#counts.added;
    if (this.#done() >= goal) return;
    await new Promise<void>((resolve) => {
      const watch = this.#settled$.subscribe({
        next: () => {
          if (this.#done() >= goal) watch.unsubscribe();
        },
      });
      watch.add(resolve);
      this.#makeDue(reason);
    });
  }

  /** Items that are through, in one way or another. */
  #done(): number {
    return this.#counts.processed + this.#counts.failed + this.#counts.dropped;
  }

  #makeDue(reason: BatchReason): void {
    this.#clearTimer();
    this.#due = this.#queue.size;
    this.#dueReason = reason;
    this.#schedule();
  }

  /** Sees to it that what waits goes: now if it fills a batch or is due, else when the oldest has waited long enough. */
  #schedule(): void {
    const { oldestAt } = this.#queue;
    if (this.#queue.size >= this.#config.batchSize || this.#due > 0) {
      this.#clearTimer();
      void this.#processAll();
    } else if (oldestAt !== undefined && !this.#cancelTimer) {
      this.#cancelTimer = this.#clock.setTimer(
        () => this.#makeDue('age'),
        oldestAt + this.#config.batchTimeoutMs - this.#clock.now(),
      );
    }
  }

  #clearTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  /** Processes batches, one at a time, until none is due. One that began before a stop is waited for. */
  async #processAll(): Promise<void> {
    if (this.#processing) return;
    this.#processing = true;
    while (this.#visibility && (this.#due > 0 || this.#queue.size >= this.#config.batchSize)) {
      await this.#processNext();
      await this.#letOthersIn();
    }
    this.#processing = false;
    if (this.#visibility) this.#schedule();
  }

  async #processNext(): Promise<void> {
    const reason: BatchReason = this.#due > 0 ? this.#dueReason : 'count';
    const now = this.#clock.now();
    const since = this.#queue.oldestAt ?? now;
    const items = this.#queue.take(this.#config.maxBatchSize);
    this.#latency.record(now - since);
    this.#due = Math.max(0, this.#due - items.length);
    this.#underWay = items.length;
    this.#counts.batches++;
    const outcome = await this.#attempt(items, reason, 1);
    this.#underWay = 0;
    if (outcome === 'processed') this.#counts.processed += items.length;
    else if (outcome === 'stopped') this.#queue.putBack(items, since);
    else this.#giveUp(outcome);
    this.#snapshot.notify();
    this.#settled$.next();
  }

  #giveUp(error: BatchError<Item>): void {
    this.#counts.failed += error.items.length;
    this.#errors.next(error);
  }

  async #attempt(items: readonly Item[], reason: BatchReason, attempt: number): Promise<Outcome<Item>> {
    try {
      await this.#processor?.(items, reason);
      return 'processed';
    } catch (cause) {
      if (attempt > this.#config.maxRetries) return new BatchError(items, attempt, cause);
      if (!this.#visibility) return 'stopped';
      this.#counts.retries++;
      await this.#retryWait();
      return this.#visibility ? this.#attempt(items, reason, attempt + 1) : 'stopped';
    }
  }

  /** Waits before a retry; a stop cuts it short. */
  #retryWait(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#clock.setTimer(resolve, this.#config.retryDelayMs);
      this.#endRetryWait = () => {
        cancel();
        resolve();
      };
    });
  }

  async #letOthersIn(): Promise<void> {
    if (!this.#visibility || this.#clock.now() - this.#sliceStart < SLICE_MS) return;
    await new Promise<void>((resolve) => this.#clock.afterTask(resolve));
    this.#sliceStart = this.#clock.now();
  }
}
