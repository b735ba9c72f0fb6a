import type { Clock } from '../core/clock.js';
import type { PoiseError } from '../core/errors.js';
import type { Milliseconds } from '../core/units.js';
import { argsOf } from './args-of.js';
import { drain, type Optimized } from './drain.js';
import { ImprovementMeter } from './improvement-meter.js';
import type { OptimizationSettings } from './optimization-config.js';
import type { OptimizationResult } from './optimization-result.js';
import { OptimizationStatus } from './optimization-type.js';
import type { AnyFunction, Strategy, StrategyHost } from './strategy.js';

/** A function with an optimisation around it; without it again when that is disabled. */
export interface OptimizedFunction<A extends unknown[], R> {
  (...args: A): Promise<Optimized<R>>;
  /** Calls it for each item; a parallel one in all workers, one for memory in slices. Results are in order. */
  map(items: Iterable<A[0]>): Promise<Optimized<R>[]>;
  /**
   * Calls the function as it was and as it is now, and measures both. Use it where a second call does no harm.
   * Of a function that caches, the call that finds its result is measured.
   */
  measure(...args: A): Promise<OptimizationResult>;
  /** The same for `map`. */
  measureMap(items: Iterable<A[0]>): Promise<OptimizationResult>;
  /** What it has brought so far. */
  readonly result: OptimizationResult;
}

/** One function, its strategy, and the account of both. */
export class Optimization<A extends unknown[], R> implements StrategyHost {
  readonly settings: OptimizationSettings;
  readonly clock: Clock;
  readonly strategy: Strategy<A, R>;
  readonly #fn: AnyFunction<A, R>;
  readonly #isEnabled: () => boolean;
  readonly #onChange: () => void;
  readonly #onError: (error: PoiseError) => void;
  readonly #meter = new ImprovementMeter();
  #executionTimeMs: Milliseconds | undefined;
  #changedAt: number;
  #calls = 0;
  #measurements = 0;
  #failure: string | undefined;

  constructor(
    fn: AnyFunction<A, R>,
    settings: OptimizationSettings,
    make: (host: StrategyHost) => Strategy<A, R>,
    parts: { clock: Clock; isEnabled: () => boolean; onChange: () => void; onError: (error: PoiseError) => void },
  ) {
    this.#fn = fn;
    this.settings = settings;
    this.clock = parts.clock;
    this.#isEnabled = parts.isEnabled;
    this.#onChange = parts.onChange;
    this.#onError = parts.onError;
    this.#changedAt = this.clock.wallNow();
    this.strategy = make(this);
  }

  get result(): OptimizationResult {
    const { optimizationId, optimizationType } = this.settings;
    return {
      optimizationId,
      optimizationType,
      status: this.#status,
      performanceImprovement: this.#meter.percent,
      executionTimeMs: this.#executionTimeMs,
      memorySavedBytes: this.strategy.memorySavedBytes,
      timestamp: this.#changedAt,
      details: this.#failure ?? this.strategy.details,
      metadata: { ...this.strategy.metadata, calls: this.#calls, measurements: this.#meter.count },
    };
  }

  recordPair(before: Milliseconds, after: Milliseconds): void {
    this.#meter.record(before, after);
    this.#touch();
  }

  fail(why: string): void {
    this.#failure = why;
    this.#touch();
  }

  report(error: PoiseError): void {
    this.#onError(error);
  }

  /** The function for the app. */
  face(): OptimizedFunction<A, R> {
    const call = (...args: A) => this.#timed(() => this.#run(args));
    const map = (items: Iterable<A[0]>) => this.#timed(() => this.#runMany([...items]));
    const measure = (...args: A) =>
      this.#measure(
        () => this.strategy.run(args),
        async () => drain(this.#fn(...args)),
      );
    const measureMap = (given: Iterable<A[0]>) => {
      const items = [...given];
      return this.#measure(
        () => this.#strategyMany(items),
        () => this.#plainMany(items),
      );
    };
    return Object.defineProperty(Object.assign(call, { map, measure, measureMap, result: this.result }), 'result', {
      get: () => this.result,
    });
  }

  get #status(): OptimizationStatus {
    if (!this.#isEnabled()) return OptimizationStatus.DISABLED;
    if (this.#failure !== undefined) return OptimizationStatus.FAILED;
    if (this.#meter.count > 0) return OptimizationStatus.COMPLETED;
    return this.#calls > 0 ? OptimizationStatus.ACTIVE : OptimizationStatus.PENDING;
  }

  async #run(args: A): Promise<Optimized<R>> {
    if (this.#isEnabled()) return await this.strategy.run(args);
    await this.strategy.settled?.();
    return await drain(this.#fn(...args));
  }

  async #runMany(items: readonly A[0][]): Promise<Optimized<R>[]> {
    if (this.#isEnabled()) return await this.#strategyMany(items);
    await this.strategy.settled?.();
    return await this.#plainMany(items);
  }

  #strategyMany(items: readonly A[0][]): Promise<Optimized<R>[]> {
    if (this.strategy.runMany) return this.strategy.runMany(items);
    return Promise.all(items.map((item) => this.strategy.run(argsOf<A>(item))));
  }

  async #plainMany(items: readonly A[0][]): Promise<Optimized<R>[]> {
    const one = async (item: A[0]) => drain(this.#fn(...argsOf<A>(item)));
    if (this.strategy.usually === 'at once') return await Promise.all(items.map(one));
    const results: Optimized<R>[] = [];
    for (const item of items) results.push(await one(item));
    return results;
  }

  async #timed<Result>(call: () => Promise<Result>): Promise<Result> {
    this.#calls++;
    const startedAt = this.clock.now();
    try {
      return await call();
    } finally {
      this.#executionTimeMs = this.clock.now() - startedAt;
      this.#touch();
    }
  }

  /** Both ways once before, so that neither pays for what is made at the first call; then each goes first in turn. */
  async #measure(after: () => Promise<unknown>, before: () => Promise<unknown>): Promise<OptimizationResult> {
    await after();
    const time = async (call: () => Promise<unknown>) => {
      const startedAt = this.clock.now();
      await call();
      return this.clock.now() - startedAt;
    };
    const beforeFirst = this.#measurements++ % 2 === 0;
    const first = await time(beforeFirst ? before : after);
    const second = await time(beforeFirst ? after : before);
    this.recordPair(beforeFirst ? first : second, beforeFirst ? second : first);
    return this.result;
  }

  #touch(): void {
    this.#changedAt = this.clock.wallNow();
    this.#onChange();
  }
}
