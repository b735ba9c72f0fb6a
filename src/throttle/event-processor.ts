import { type Observable, Subject, Subscription } from 'rxjs';
import { SystemClock } from '../core/clock.js';
import { asyncDisposeSymbol, disposeSymbol, type Teardown } from '../core/disposer.js';
import { CallbackError } from '../core/errors.js';
import type { Lifecycle } from '../core/lifecycle.js';
import { LiveSnapshot } from '../core/live-snapshot.js';
import { type Checks, checkArgument, func, oneOf, positive, resolveConfig } from '../core/validate.js';
import { BATCH_CHECKS, BATCH_DEFAULTS, type BatchSettings } from './batch-config.js';
import type { BatchError } from './batch-error.js';
import type { BatchStats } from './batch-stats.js';
import { BatchUpdateThrottler } from './batch-update-throttler.js';
import { type EventDispatcher, type EventSource, observeEvents, observeSource } from './event-source.js';
import type { ThrottleDependencies } from './throttle-dependencies.js';
import { ThrottleMode } from './throttle-mode.js';
import type { ThrottleStats } from './throttle-stats.js';
import { UpdateThrottler } from './update-throttler.js';

/** What an EventProcessor goes by (seed 004: EventProcessor): how often, and how its events are batched. */
export interface EventProcessorSettings extends BatchSettings {
  /** How often a second the handler is called, at the most. Default 50. */
  readonly maxEventsPerSecond: number;
  /** How that rate is kept. Default 'adaptive'. */
  readonly mode: ThrottleMode;
  /** Events that one call may take. Default: all that wait, so that under load batches grow instead of calls. */
  readonly maxBatchSize: number;
  /** How often a batch whose handler failed is tried again. Default 0: a handler that changed half a page is not rerun. */
  readonly maxRetries: number;
}

/** The options, all of which may be left out. */
export type EventProcessorConfig = {
  readonly [Name in keyof EventProcessorSettings]?: EventProcessorSettings[Name] | undefined;
};

const DEFAULTS: EventProcessorSettings = Object.freeze({
  ...BATCH_DEFAULTS,
  maxEventsPerSecond: 50,
  mode: ThrottleMode.ADAPTIVE,
  maxBatchSize: Number.MAX_SAFE_INTEGER,
  maxRetries: 0,
});

const CHECKS: Checks<EventProcessorSettings> = {
  ...BATCH_CHECKS,
  maxEventsPerSecond: positive,
  mode: oneOf(ThrottleMode),
};

/** What an event processor has done: its batches, and the updates that carried them. */
export interface EventProcessorStats extends BatchStats {
  readonly updates: ThrottleStats;
}

/** Takes the events that came since the last call, oldest first. */
export type EventHandler<Event> = (events: readonly Event[]) => unknown;

/**
 * Takes events from anywhere, as fast as they come, and hands them on in batches at a rate that the page can bear.
 * Under load the calls do not become more but the batches larger; nothing is lost short of a full queue.
 */
export class EventProcessor<Event> implements Lifecycle {
  readonly stats$: Observable<EventProcessorStats>;
  /** Batches that the handler failed on, and sources that failed. Never errors; completes on dispose. */
  readonly errors$: Observable<BatchError<Event> | CallbackError>;

  readonly #throttler: UpdateThrottler;
  readonly #batches: BatchUpdateThrottler<Event>;
  readonly #errors = new Subject<BatchError<Event> | CallbackError>();
  readonly #snapshot: LiveSnapshot<EventProcessorStats>;
  readonly #sources = new Subscription();
  #handler: EventHandler<Event> | undefined;
  #disposed = false;

  /** @throws ConfigError */
  constructor(config: EventProcessorConfig = {}, dependencies: ThrottleDependencies = {}) {
    const { maxEventsPerSecond, mode, ...batch } = resolveConfig('EventProcessor', config, DEFAULTS, CHECKS);
    const { clock = new SystemClock() } = dependencies;
    this.#throttler = new UpdateThrottler({ mode, maxUpdatesPerSecond: maxEventsPerSecond }, dependencies);
    this.#batches = new BatchUpdateThrottler(batch, dependencies);
    this.#snapshot = new LiveSnapshot(() => this.stats, clock);
    this.stats$ = this.#snapshot.value$;
    this.errors$ = this.#errors.asObservable();
    this.#batches.errors$.subscribe(this.#errors);
  }

  get stats(): EventProcessorStats {
    return { ...this.#batches.stats, updates: this.#throttler.stats };
  }

  /** Says what to do with the events, and starts. @throws ConfigError when `handler` is no function */
  setEventHandler(handler: EventHandler<Event>): void {
    checkArgument('setEventHandler', 'handler', handler, func);
    this.#handler = handler;
    this.start();
  }

  start(): void {
    if (this.#disposed || !this.#handler) return;
    this.#throttler.start();
    this.#batches.setBatchProcessor((events) => this.#deliver(events));
  }

  /** Calls the handler no more. Events that come wait; sources stay connected. */
  stop(): void {
    this.#batches.stop();
    this.#throttler.stop();
  }

  /** Adds one event. @returns false when it was refused */
  push(event: Event): boolean {
    const added = this.#batches.add(event);
    this.#snapshot.notify();
    return added;
  }

  /**
   * Takes all events of a source: an Observable, an iterable or an async iterable.
   * What the source fails with is put on `errors$`. Returns what disconnects it.
   */
  connect(source: EventSource<Event>): Teardown {
    return this.#take(observeSource(source));
  }

  /** Takes all events of one type that are dispatched on a target. Returns what ends it. */
  listen(target: EventDispatcher<Event>, type: string): Teardown {
    return this.#take(observeEvents(target, type));
  }

  /** Hands on what waits. Resolves when all that came before has been handled or given up. */
  flush(): Promise<void> {
    return this.#batches.flush();
  }

  /** Disconnects the sources, hands on what waits, and ends when that is done. */
  [disposeSymbol](): void {
    void this[asyncDisposeSymbol]();
  }

  /** Disconnects the sources, hands on what waits, and resolves when that is done. */
  async [asyncDisposeSymbol](): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#sources.unsubscribe();
    await this.#batches[asyncDisposeSymbol]();
    this.#throttler[disposeSymbol]();
    this.#snapshot.complete();
    this.#errors.complete();
  }

  #take(events$: Observable<Event>): Teardown {
    const subscription = events$.subscribe({
      next: (event) => this.push(event),
      error: (cause: unknown) => this.#errors.next(new CallbackError('source', cause)),
    });
    this.#sources.add(subscription);
    return () => {
      this.#sources.remove(subscription);
      subscription.unsubscribe();
    };
  }

  /** Has the handler called in the next update; settles as it does. */
  #deliver(events: readonly Event[]): Promise<unknown> {
    return new Promise((settle) => {
      this.#throttler.requestUpdate(() => {
        settle(new Promise((resolve) => resolve(this.#handler?.(events))));
        this.#snapshot.notify();
      });
    });
  }
}
