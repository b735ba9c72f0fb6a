import type { Teardown } from '../../core/disposer.js';
import type { Milliseconds } from '../../core/units.js';
import { type Checks, flag, func, nonNegative, positiveInteger, resolveConfig } from '../../core/validate.js';
import { drain, type Optimized } from '../drain.js';
import { OptimizationError } from '../optimization-error.js';
import type { AnyFunction, Strategy, StrategyHost } from '../strategy.js';

/** How operations are merged. */
export interface DatabaseSettings<A extends unknown[], R> {
  /**
   * Does many operations in one transaction, in their order, and gives their results in that order. When it rejects,
   * nothing of it may have been done: an aborted transaction.
   */
  readonly batch: (operations: readonly A[]) => Promise<readonly Optimized<R>[]>;
  /** How long operations are gathered; 0 is until the end of the current task. Default 0. */
  readonly windowMs: Milliseconds;
  /** Operations in one transaction, at the most. Default 500. */
  readonly maxBatch: number;
  /** When a batch fails, each of its operations is done alone, in order, so that one does not fail the others. Default true. */
  readonly splitFailed: boolean;
}
export type DatabaseOptions<A extends unknown[], R> = Pick<DatabaseSettings<A, R>, 'batch'> &
  Partial<DatabaseSettings<A, R>>;

interface Operation<A, R> {
  readonly args: A;
  readonly resolve: (value: Optimized<R>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Merges reads and writes that are made together into one transaction. One batch after another, each in the order of the
 * calls: what is read after a write was asked for sees it.
 */
export class DatabaseStrategy<A extends unknown[], R> implements Strategy<A, R> {
  readonly usually = 'at once';
  readonly #fn: AnyFunction<A, R>;
  readonly #settings: Readonly<DatabaseSettings<A, R>>;
  readonly #host: StrategyHost;
  readonly #counts = { operations: 0, transactions: 0, failedBatches: 0 };
  #waiting: Operation<A, R>[] = [];
  #working: Promise<void> | undefined;
  #cancel: Teardown | undefined;
  #gathering = false;

  /** @throws ConfigError */
  constructor(fn: AnyFunction<A, R>, options: DatabaseOptions<A, R>, host: StrategyHost) {
    const { batch } = Object(options);
    const defaults: DatabaseSettings<A, R> = { batch, windowMs: 0, maxBatch: 500, splitFailed: true };
    const checks: Checks<DatabaseSettings<A, R>> = {
      batch: func,
      windowMs: nonNegative,
      maxBatch: positiveInteger,
      splitFailed: flag,
    };
    this.#fn = fn;
    this.#settings = resolveConfig('database', options, defaults, checks);
    this.#host = host;
  }

  get details(): string {
    const { operations, transactions } = this.#counts;
    return `${operations} operations in ${transactions} transactions`;
  }

  get metadata(): Readonly<Record<string, unknown>> {
    return { ...this.#counts, waiting: this.#waiting.length };
  }

  run(args: A): Promise<Optimized<R>> {
    this.#counts.operations++;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ args, resolve, reject });
      this.#gather();
    });
  }

  /** What is gathered is done at once; nothing is lost. */
  stop(): void {
    void this.#begin();
  }

  settled(): Promise<void> {
    return this.#begin();
  }

  #gather(): void {
    if (this.#gathering || this.#working !== undefined) return;
    this.#gathering = true;
    const { windowMs } = this.#settings;
    if (windowMs === 0) queueMicrotask(() => void this.#begin());
    else this.#cancel = this.#host.clock.setTimer(() => void this.#begin(), windowMs);
  }

  /** Goes to work on what was gathered. */
  #begin(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#gathering = false;
    if (this.#waiting.length > 0) this.#working ??= this.#work();
    return this.#working ?? Promise.resolve();
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) await this.#transact(this.#waiting.splice(0, this.#settings.maxBatch));
    this.#working = undefined;
  }

  async #transact(operations: readonly Operation<A, R>[]): Promise<void> {
    this.#counts.transactions++;
    try {
      const results = await this.#settings.batch(operations.map(({ args }) => args));
      if (results.length !== operations.length) {
        throw new OptimizationError(`the batch gave ${results.length} results for ${operations.length} operations`);
      }
      for (const [at, result] of results.entries()) operations[at]?.resolve(result);
    } catch (error) {
      this.#counts.failedBatches++;
      if (this.#settings.splitFailed && operations.length > 1) await this.#oneByOne(operations);
      else for (const { reject } of operations) reject(error);
    }
  }

  async #oneByOne(operations: readonly Operation<A, R>[]): Promise<void> {
    for (const { args, resolve, reject } of operations) {
      try {
        resolve(await drain(this.#fn(...args)));
      } catch (error) {
        reject(error);
      }
    }
  }
}
