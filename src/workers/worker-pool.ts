import { type Observable, Subject } from 'rxjs';
import { type Clock, SystemClock } from '../core/clock.js';
import { asyncDisposeSymbol, disposeSymbol } from '../core/disposer.js';
import { detectEnvironment, type Environment } from '../core/environment.js';
import { CallbackError, type PoiseError } from '../core/errors.js';
import { guard } from '../core/guard.js';
import type { Lifecycle } from '../core/lifecycle.js';
import { LiveSnapshot } from '../core/live-snapshot.js';
import { nextTask } from '../core/yield-to-main.js';
import type { OpenChannel } from './channel.js';
import { Dispatcher } from './dispatcher.js';
import type { CallOptions, FromTask } from './job.js';
import { Ledger, refusal } from './ledger.js';
import { checkMapOptions, type MapHost, type MapOptions, MapSource } from './map-source.js';
import { resolveWorkerPoolConfig, type WorkerPoolConfig, type WorkerPoolSettings } from './pool-config.js';
import type { PoolMode, PoolStats } from './pool-stats.js';
import { JobFlag } from './protocol.js';
import { SentFunctions } from './sent-functions.js';
import type { TaskArguments, TaskItem, TaskName, TaskResult, Tasks } from './task.js';
import { TaskCalls } from './task-calls.js';
import { makeTrusted } from './trusted-worker.js';
import { WorkerChannel } from './worker-channel.js';

/** The platform as a pool sees it; each part defaults to the browser's own. */
export interface WorkerPoolDependencies {
  readonly clock?: Clock;
  readonly environment?: Environment;
}

/**
 * Runs tasks in workers (seed 000: parallelization): typed, in order of priority, many small ones to a message.
 *
 *     const pool = new WorkerPool<typeof tasks>({
 *       create: () => new Worker(new URL('./tasks.ts', import.meta.url), { type: 'module' }),
 *     });
 *     const rows = await pool.run('parse', text);
 *     const hashes = await pool.map('hash', files);
 *
 * Workers start when there is work and end when there is none. A task may run twice: when its worker dies, or is ended
 * because another task there would not stop. Where workers can't start, the `fallback` runs on this thread, in slices.
 */
export class WorkerPool<T extends Tasks> implements Lifecycle, AsyncDisposable {
  readonly config: WorkerPoolSettings;
  readonly stats$: Observable<PoolStats>;
  /** Workers that died or did not start, and callbacks that threw. Never errors; completes on dispose. */
  readonly errors$: Observable<PoiseError>;

  readonly #clock: Clock;
  readonly #fallback: WorkerPoolConfig<T>['fallback'];
  readonly #dispatcher: Dispatcher;
  readonly #ledger: Ledger;
  readonly #errors = new Subject<PoiseError>();
  readonly #snapshot: LiveSnapshot<PoolStats>;
  readonly #sent = new SentFunctions();
  readonly #maps = new Set<MapSource>();
  #unsupported = false;
  #stopped = false;
  #closing = false;
  #disposed = false;

  /** @throws ConfigError */
  constructor(
    config: WorkerPoolConfig<T>,
    { clock = new SystemClock(), environment = detectEnvironment() }: WorkerPoolDependencies = {},
  ) {
    this.config = resolveWorkerPoolConfig(config);
    this.#clock = clock;
    this.#fallback = config.fallback;
    const { create } = config;
    this.#ledger = new Ledger(clock, () => this.#snapshot.notify());
    this.#dispatcher = new Dispatcher(
      environment.Worker && ((events) => new WorkerChannel(makeTrusted(create), events)),
      this.config,
      clock,
      {
        onSent: (job) => this.#ledger.wait.record(job.sentAt - job.createdAt),
        onAnswer: (tookMs) => this.#ledger.run.record(tookMs),
        onProgress: ({ options }, value) => this.#guard(() => options.onProgress?.(value)),
        onError: (error) => this.#errors.next(error),
        onUnavailable: () => this.#openFallback(),
      },
    );
    this.#snapshot = new LiveSnapshot(() => this.stats, clock);
    this.stats$ = this.#snapshot.value$;
    this.errors$ = this.#errors.asObservable();
  }

  get stats(): PoolStats {
    const { crashes, retried, started, idled } = this.#dispatcher.counts;
    return {
      mode: this.#mode(),
      ...this.#ledger.counts,
      pending: this.#ledger.pending,
      running: this.#dispatcher.running,
      retried,
      crashes,
      workers: this.#dispatcher.workers,
      workersStarted: started,
      workersIdled: idled,
      waitMs: this.#ledger.wait.summary(),
      runMs: this.#ledger.run.summary(),
    };
  }

  /** Calls with a signal, a time limit, a priority or a listener for progress. */
  with(options: CallOptions): TaskCalls<T> {
    return new TaskCalls((name, args) => this.#submit(name, 0, args, options));
  }

  /**
   * Runs a task and gives what it gave. Arguments and result are cloned; `transfer(value)` moves instead.
   * Rejects with what the task threw: the same type, message, cause and the worker's stack; or with a WorkerError.
   */
  run<N extends TaskName<T>>(name: N, ...args: TaskArguments<T[N]>): Promise<TaskResult<T[N]>> {
    return this.#submit(name, 0, args, NO_OPTIONS);
  }

  /** Runs a task once for each item, many items to a message. The results are in the order of the items. */
  map<N extends TaskName<T>>(
    name: N,
    items: Iterable<TaskItem<T[N]>>,
    options: MapOptions = NO_OPTIONS,
  ): Promise<TaskResult<T[N]>[]> {
    return this.#map(name, JobFlag.EACH, [...items], options);
  }

  /**
   * Sends a function as text and runs it in a worker, for what isn't known when the worker is built. It must stand
   * alone: what it needs from outside are its arguments. Needs a policy that allows `eval`; rejects where it is refused.
   */
  runFunction<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): Promise<TaskResult<() => R>> {
    return this.#sent.use(fn, (source) => this.#submit(source, JobFlag.SOURCE, args, NO_OPTIONS));
  }

  /** The same, once for each item. */
  mapFunction<Item, R>(
    fn: (item: Item) => R,
    items: Iterable<Item>,
    options: MapOptions = NO_OPTIONS,
  ): Promise<TaskResult<() => R>[]> {
    return this.#sent.use(fn, (source) => this.#map(source, JobFlag.SOURCE | JobFlag.EACH, [...items], options));
  }

  /** Resolves when a call would be accepted: at once, or when the queue has gone down to half. */
  async whenRoom(): Promise<void> {
    const { maxQueueSize } = this.config;
    if (this.#ledger.pending >= maxQueueSize) await this.#ledger.whenBelow(maxQueueSize / 2 + 1);
  }

  /** Starts the workers before they are needed, and makes a stopped pool usable again. */
  start(): void {
    if (this.#disposed || this.#closing) return;
    this.#stopped = false;
    this.#dispatcher.warm(this.config.size);
  }

  /** Ends the workers. Everything that waits or runs is rejected, and so is every call until the next `start()`. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#dispatcher.end();
    const error = refusal(true, 0);
    for (const source of [...this.#maps]) source.cancel(error);
    this.#ledger.cancelAll(error);
    this.#snapshot.notify();
  }

  [disposeSymbol](): void {
    this.stop();
    this.#disposed = true;
    this.#snapshot.complete();
    this.#errors.complete();
  }

  /** Takes nothing more, and ends when what waits and runs is done. */
  async [asyncDisposeSymbol](): Promise<void> {
    this.#closing = true;
    while (this.#ledger.pending + this.#maps.size > 0) await this.#ledger.whenBelow(1).then(nextTask);
    this[disposeSymbol]();
  }

  #submit(task: string, flags: number, args: readonly unknown[], options: CallOptions): Promise<FromTask> {
    return new Promise((resolve, reject) => {
      if (!this.#admit(options.signal, reject)) return;
      this.#dispatcher.add(this.#ledger.make(task, flags, args, options, resolve, reject));
    });
  }

  #map(task: string, flags: number, items: readonly unknown[], options: MapOptions): Promise<FromTask[]> {
    checkMapOptions(options);
    const { signal, onProgress, ...forJobs } = options;
    return new Promise<FromTask[]>((resolve, reject) => {
      if (!this.#admit(signal, reject)) return;
      if (items.length === 0) return resolve([]);
      const host: MapHost = {
        costMs: () => this.#dispatcher.costs.of(task),
        workers: this.config.size,
        make: (chunk, take, fail) => this.#ledger.make(task, flags, chunk, forJobs, take, fail),
        progress: (done) => this.#guard(() => onProgress?.(done, items.length)),
      };
      const source = new MapSource(items, options, host, { resolve, reject });
      const abort = () => source.cancel(signal?.reason);
      this.#maps.add(source);
      signal?.addEventListener('abort', abort);
      source.onSettled = () => {
        this.#maps.delete(source);
        signal?.removeEventListener('abort', abort);
      };
      this.#dispatcher.add(source);
    });
  }

  /** Turns a call away where it must be. @returns whether it may go on */
  #admit(signal: AbortSignal | undefined, reject: (error: unknown) => void): boolean {
    const stopped = this.#stopped || this.#closing;
    const { maxQueueSize } = this.config;
    if (signal?.aborted) reject(signal.reason);
    else if (stopped || this.#ledger.pending >= maxQueueSize) reject(refusal(stopped, maxQueueSize));
    else return true;
    this.#ledger.counts.refused++;
    return false;
  }

  #guard(callback: () => void): void {
    guard('onProgress', callback, (error) => this.#errors.next(error));
  }

  async #openFallback(): Promise<OpenChannel | undefined> {
    const fallback = this.#fallback;
    this.#unsupported = !fallback;
    if (!fallback) return undefined;
    try {
      // Most pages have workers and never load this.
      const [tasks, { LocalChannel }] = await Promise.all([fallback(), import('./local-channel.js')]);
      return (events) => new LocalChannel(tasks, this.#sent.find, this.#clock, events);
    } catch (cause) {
      this.#unsupported = true;
      this.#errors.next(new CallbackError('fallback', cause));
      return undefined;
    }
  }

  #mode(): PoolMode {
    if (this.#dispatcher.local) return 'main-thread';
    if (this.#dispatcher.workers > 0) return 'workers';
    return this.#unsupported ? 'unsupported' : 'idle';
  }
}

const NO_OPTIONS: CallOptions & MapOptions = Object.freeze({});
