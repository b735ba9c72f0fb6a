import { type Observable, Subject } from 'rxjs';
import { type Clock, SystemClock } from '../core/clock.js';
import { disposeSymbol } from '../core/disposer.js';
import type { CallbackError } from '../core/errors.js';
import { guard } from '../core/guard.js';
import type { Lifecycle } from '../core/lifecycle.js';
import { LiveSnapshot } from '../core/live-snapshot.js';
import { Quantiles } from '../core/quantiles.js';
import type { MonotonicMs } from '../core/units.js';
import { checkArgument, finite, func, object } from '../core/validate.js';
import { RateMeter } from './rate-meter.js';
import { resolveThrottleConfig, type ThrottleConfig, type ThrottleSettings } from './throttle-config.js';
import type { ThrottleDependencies } from './throttle-dependencies.js';
import type { ThrottleMode } from './throttle-mode.js';
import type { ThrottleStats } from './throttle-stats.js';
import { UpdateDrain } from './update-drain.js';
import { UpdateQueue } from './update-queue.js';

/** How one request is queued. */
export interface UpdateOptions {
  /** Higher runs first; any finite number, default 0. What has waited 250 ms goes first whatever its priority. */
  readonly priority?: number;
  /** Replaces the pending update with the same key: the latest wins. Without one, each request runs. */
  readonly key?: PropertyKey;
}

const NO_OPTIONS: UpdateOptions = Object.freeze({});

/**
 * Limits how often updates reach the screen (seed 004: UpdateThrottler).
 *
 * The rate counts *refreshes*: one refresh runs everything that was pending when it began, as far as the frame budget
 * goes, and carries on in the next frames. So each key runs at most at the rate, and its last update always lands.
 * Updates run in animation frames, on a timer while the page is hidden, and not at all before `start()` or after `stop()`.
 */
export class UpdateThrottler implements Lifecycle {
  readonly stats$: Observable<ThrottleStats>;
  /** What updates threw. Never errors; completes on dispose. */
  readonly errors$: Observable<CallbackError>;

  readonly #clock: Clock;
  readonly #errors = new Subject<CallbackError>();
  readonly #snapshot: LiveSnapshot<ThrottleStats>;
  readonly #queue = new UpdateQueue();
  readonly #drain: UpdateDrain;
  readonly #latency = new Quantiles();
  readonly #meter = new RateMeter();
  #given: ThrottleConfig;
  #config: ThrottleSettings;
  #startedAt: MonotonicMs | undefined;
  #disposed = false;
  readonly #counts = { requested: 0, executed: 0, throttled: 0, coalesced: 0, refused: 0, cancelled: 0, failed: 0 };

  /** @throws ConfigError */
  constructor(
    config: ThrottleConfig = {},
    { clock = new SystemClock(), environment = globalThis }: ThrottleDependencies = {},
  ) {
    this.#given = { ...config };
    this.#config = resolveThrottleConfig(config);
    this.#clock = clock;
    const runDue = (isOver: (now: MonotonicMs) => boolean) => this.#runDue(isOver);
    this.#drain = new UpdateDrain(this.#config, { queue: this.#queue, clock, document: environment.document, runDue });
    this.#snapshot = new LiveSnapshot(() => this.stats, clock);
    this.stats$ = this.#snapshot.value$;
    this.errors$ = this.#errors.asObservable();
  }

  get config(): ThrottleSettings {
    return this.#config;
  }

  get stats(): ThrottleStats {
    const now = this.#clock.now();
    const { controller, refreshes } = this.#drain;
    const seconds = this.#startedAt === undefined ? 0 : (now - this.#startedAt) / 1_000;
    return {
      ...this.#counts,
      pending: this.#queue.size,
      refreshes,
      rateLimit: controller.rate,
      currentRate: this.#meter.perSecond(now),
      averageRate: seconds > 0 ? this.#counts.executed / seconds : 0,
      burstEvents: controller.bursts ?? 0,
      latency: this.#latency.summary(),
    };
  }

  start(): void {
    if (this.#disposed) return;
    this.#startedAt ??= this.#clock.now();
    this.#drain.start();
  }

  /** Stops running updates. What is pending stays, and runs after the next `start()`. */
  stop(): void {
    this.#drain.stop();
  }

  /**
   * Asks for `update` to run in a coming frame. Costs tens of nanoseconds.
   * @returns true when it was accepted: it, or a newer one with its key, will run; false when the queue is full or
   * the throttler disposed.
   * @throws ConfigError when `update` is no function or the priority no finite number
   */
  requestUpdate(update: () => unknown, options: UpdateOptions = NO_OPTIONS): boolean {
    if (typeof update !== 'function') checkArgument('requestUpdate', 'update', update, func);
    if (typeof options !== 'object' || options === null) checkArgument('requestUpdate', 'options', options, object);
    const { key, priority = 0 } = options;
    if (!Number.isFinite(priority)) checkArgument('requestUpdate', 'priority', priority, finite);
    this.#counts.requested++;
    if (this.#drain.held) this.#counts.throttled++;
    const pending = key === undefined ? undefined : this.#queue.find(key);
    if (pending) {
      pending.update = update;
      pending.priority = priority;
      this.#counts.coalesced++;
      return true;
    }
    return this.#enqueue(update, priority, key);
  }

  /**
   * Runs `update` now, whatever the rate. With a key, the pending update of that key is replaced by it.
   * @returns false when it threw (what it threw is on `errors$`) or the throttler is disposed
   * @throws ConfigError when `update` is no function
   */
  forceUpdate(update: () => unknown, { key }: Pick<UpdateOptions, 'key'> = NO_OPTIONS): boolean {
    checkArgument('forceUpdate', 'update', update, func);
    this.#counts.requested++;
    if (this.#disposed) {
      this.#counts.refused++;
      return false;
    }
    if (key !== undefined && this.#queue.remove(key)) this.#counts.coalesced++;
    const succeeded = this.#run(update);
    this.#meter.count(this.#clock.now(), 1);
    this.#snapshot.notify();
    return succeeded;
  }

  /** Withdraws the pending update with this key, as for a row that is gone. @returns whether there was one */
  cancel(key: PropertyKey): boolean {
    if (!this.#queue.remove(key)) return false;
    this.#counts.cancelled++;
    this.#snapshot.notify();
    return true;
  }

  /** Runs all that is pending now, at once, whatever rate and budget. What it requests meanwhile stays pending. */
  flush(): void {
    this.#queue.beginRefresh(this.#clock.now());
    this.#runDue(() => false);
  }

  /** Changes options while it runs; what is pending stays. @throws ConfigError and keeps the old ones */
  configure(config: ThrottleConfig): void {
    const given = { ...this.#given, ...config };
    this.#config = resolveThrottleConfig(given);
    this.#given = given;
    this.#drain.configure(this.#config);
    this.#snapshot.notify();
  }

  /** Changes the mode while it runs. @throws ConfigError */
  setMode(mode: ThrottleMode): void {
    this.configure({ mode });
  }

  /** Runs what is pending, so that nothing is lost, and ends for good: streams complete, requests are refused. */
  [disposeSymbol](): void {
    if (this.#disposed) return;
    this.flush();
    this.stop();
    this.#disposed = true;
    this.#snapshot.complete();
    this.#errors.complete();
  }

  #enqueue(update: () => unknown, priority: number, key: PropertyKey | undefined): boolean {
    if (this.#disposed || this.#queue.size >= this.#config.maxQueueSize) {
      this.#counts.refused++;
      return false;
    }
    this.#queue.add({ update, priority, key, requestedAt: this.#clock.now(), cancelled: false });
    this.#drain.wake();
    return true;
  }

  /** Runs due updates, at least one, until none is left or `isOver` says so. */
  #runDue(isOver: (now: MonotonicMs) => boolean): void {
    let ran = 0;
    let now = this.#clock.now();
    do {
      const entry = this.#queue.next();
      if (!entry) break;
      this.#latency.record(now - entry.requestedAt);
      this.#run(entry.update);
      ran++;
      now = this.#clock.now();
    } while (!isOver(now));
    this.#meter.count(now, ran);
    this.#snapshot.notify();
  }

  #run(update: () => unknown): boolean {
    this.#counts.executed++;
    return guard('update', update, this.#report);
  }

  readonly #report = (error: CallbackError): void => {
    this.#counts.failed++;
    this.#errors.next(error);
  };
}
