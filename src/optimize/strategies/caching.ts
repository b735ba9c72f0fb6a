import type { Milliseconds, MonotonicMs } from '../../core/units.js';
import { type Checks, func, optional, positive, positiveInteger, resolveConfig, text } from '../../core/validate.js';
import { stableKey } from '../stable-key.js';
import type { AnyFunction, Strategy, StrategyHost } from '../strategy.js';

/** How results are kept. */
export interface CachingSettings<A extends unknown[]> {
  /** Results kept; then the one that was used longest ago goes. Default 1000. */
  readonly maxSize: number;
  /** How long a result is kept. Default 3600. */
  readonly ttlSeconds: number;
  /** Calls with the same key have the same result. Default: the arguments. */
  readonly key: (...args: A) => string;
  /** Names the results in `metadata` (seed: cache_key). */
  readonly cacheKey: string | undefined;
}
export type CachingOptions<A extends unknown[]> = Partial<CachingSettings<A>>;

interface Kept<R> {
  readonly promise: Promise<Awaited<R>>;
  readonly until: MonotonicMs;
  /** What computing it took; undefined while it is under way. */
  computedMs: Milliseconds | undefined;
}

/**
 * Keeps results by their arguments. Calls under way are shared; errors are not kept. A call that finds its result is
 * compared with the one that computed it, so the gain is known without calling the function twice.
 */
export class CachingStrategy<A extends unknown[], R> implements Strategy<A, R> {
  readonly #fn: AnyFunction<A, R>;
  readonly #settings: Readonly<CachingSettings<A>>;
  readonly #host: StrategyHost;
  /** The least recently used first. */
  readonly #kept = new Map<string, Kept<R>>();
  #hits = 0;
  #misses = 0;

  /** @throws ConfigError */
  constructor(fn: AnyFunction<A, R>, options: CachingOptions<A>, host: StrategyHost) {
    const defaults: CachingSettings<A> = {
      maxSize: 1_000,
      ttlSeconds: 3_600,
      key: (...args) => stableKey(args),
      cacheKey: undefined,
    };
    const checks: Checks<CachingSettings<A>> = {
      maxSize: positiveInteger,
      ttlSeconds: positive,
      key: func,
      cacheKey: optional(text),
    };
    this.#fn = fn;
    this.#settings = resolveConfig('caching', options, defaults, checks);
    this.#host = host;
  }

  get details(): string {
    return `${this.#hits} results found, ${this.#misses} computed, ${this.#kept.size} kept`;
  }

  get metadata(): Readonly<Record<string, unknown>> {
    return { cacheKey: this.#settings.cacheKey, ...this.cacheStats };
  }

  get cacheStats(): { readonly entries: number; readonly hits: number; readonly misses: number } {
    return { entries: this.#kept.size, hits: this.#hits, misses: this.#misses };
  }

  run(args: A): Promise<Awaited<R>> {
    const startedAt = this.#host.clock.now();
    const key = this.#settings.key(...args);
    const known = this.#kept.get(key);
    if (!known || known.until <= startedAt) return this.#compute(key, args, startedAt);
    this.#hits++;
    this.#kept.delete(key);
    this.#kept.set(key, known);
    if (known.computedMs !== undefined) this.#host.recordPair(known.computedMs, this.#host.clock.now() - startedAt);
    return known.promise;
  }

  clear(): void {
    this.#kept.clear();
  }

  #compute(key: string, args: A, startedAt: MonotonicMs): Promise<Awaited<R>> {
    this.#misses++;
    const promise = this.#call(args);
    const kept: Kept<R> = { promise, until: startedAt + this.#settings.ttlSeconds * 1_000, computedMs: undefined };
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    promise.then(
      () => {
        kept.computedMs = this.#host.clock.now() - startedAt;
      },
      () => {
        if (this.#kept.get(key) === kept) this.#kept.delete(key);
      },
    );
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.#settings.maxSize && oldest !== undefined) this.#kept.delete(oldest);
    return promise;
  }

  async #call(args: A): Promise<Awaited<R>> {
    return await this.#fn(...args);
  }
}
