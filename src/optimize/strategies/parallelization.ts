import { disposeSymbol } from '../../core/disposer.js';
import { type Checks, object, optional, positiveInteger, resolveConfig } from '../../core/validate.js';
import { nextTask } from '../../core/yield-to-main.js';
import { createPoisePool } from '../../workers/poise-pool.js';
import type { PoiseTasks } from '../../workers/poise-tasks.js';
import { WorkerError, WorkerErrorCode } from '../../workers/worker-error.js';
import type { WorkerPool } from '../../workers/worker-pool.js';
import { argsOf } from '../args-of.js';
import { drain, type Optimized } from '../drain.js';
import type { AnyFunction, Strategy, StrategyHost } from '../strategy.js';

/** The function as a task of the app's own pool: `{ run: (n) => pool.run('square', n), map: (ns) => pool.map('square', ns) }`. */
export interface RemoteFunction<A extends unknown[], R> {
  run(...args: A): Promise<Optimized<R>>;
  map(items: readonly A[0][]): Promise<Optimized<R>[]>;
}

/** Where a function runs. */
export interface ParallelizationSettings<A extends unknown[], R> {
  /**
   * Default: the function is sent as source, so it must stand alone and be no generator function, and the page's policy must
   * allow `eval`.
   */
  readonly remote: RemoteFunction<A, R> | undefined;
  /** Workers for functions sent as source. Default 4. */
  readonly maxWorkers: number;
}
export type ParallelizationOptions<A extends unknown[], R> = Partial<ParallelizationSettings<A, R>>;

const SLICE_MS = 8;

/** Runs a function in workers: a call in one, the items of `map` in all. Where that can't be, here, in slices. */
export class ParallelizationStrategy<A extends unknown[], R> implements Strategy<A, R> {
  readonly #fn: AnyFunction<A, R>;
  readonly #settings: Readonly<ParallelizationSettings<A, R>>;
  readonly #host: StrategyHost;
  #pool: WorkerPool<PoiseTasks> | undefined;
  #refused: string | undefined;

  /** @throws ConfigError */
  constructor(fn: AnyFunction<A, R>, options: ParallelizationOptions<A, R>, host: StrategyHost) {
    const checks: Checks<ParallelizationSettings<A, R>> = { remote: optional(object), maxWorkers: positiveInteger };
    this.#fn = fn;
    this.#settings = resolveConfig('parallelization', options, { remote: undefined, maxWorkers: 4 }, checks);
    this.#host = host;
  }

  get details(): string {
    if (this.#refused) return `runs on this thread: ${this.#refused}`;
    return this.#settings.remote ? "runs in the app's workers" : `runs in up to ${this.#settings.maxWorkers} workers`;
  }

  get metadata(): Readonly<Record<string, unknown>> {
    return { workers: this.#pool?.stats.workers, mode: this.#pool?.stats.mode };
  }

  async run(args: A): Promise<Optimized<R>> {
    if (this.#settings.remote) return await this.#settings.remote.run(...args);
    return await this.#orHere(
      (pool) => pool.runFunction(this.#fn, ...args),
      async () => drain(this.#fn(...args)),
    );
  }

  async runMany(items: readonly A[0][]): Promise<Optimized<R>[]> {
    if (this.#settings.remote) return await this.#settings.remote.map(items);
    return await this.#orHere(
      (pool) => Reflect.apply(pool.mapFunction, pool, [this.#fn, items]),
      () => this.#inSlices(items),
    );
  }

  stop(): void {
    this.#pool?.[disposeSymbol]();
    this.#pool = undefined;
  }

  async #orHere<T>(there: (pool: WorkerPool<PoiseTasks>) => Promise<FromWorker>, here: () => Promise<T>): Promise<T> {
    if (this.#refused) return await here();
    this.#pool ??= createPoisePool({ size: this.#settings.maxWorkers }, { clock: this.#host.clock });
    try {
      return await there(this.#pool);
    } catch (error) {
      if (!(error instanceof WorkerError) || error.code !== WorkerErrorCode.SOURCE_REFUSED) throw error;
      this.#refused = error.message;
      this.#host.fail(error.message);
      return await here();
    }
  }

  async #inSlices(items: readonly A[0][]): Promise<Optimized<R>[]> {
    const results: Optimized<R>[] = [];
    let sliceEnd = this.#host.clock.now() + SLICE_MS;
    for (const item of items) {
      results.push(await drain(this.#fn(...argsOf<A>(item))));
      if (this.#host.clock.now() < sliceEnd) continue;
      await nextTask();
      sliceEnd = this.#host.clock.now() + SLICE_MS;
    }
    return results;
  }
}

/** The function's own result; the compiler can't follow it through a worker. */
type FromWorker = MessageEvent['data'];
