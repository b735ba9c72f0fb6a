import { type CachedFunction, cached } from '../../cache/index.js';
import { disposeSymbol } from '../../core/disposer.js';
import type { Milliseconds } from '../../core/units.js';
import { type Checks, func, optional, positive, positiveInteger, resolveConfig, text } from '../../core/validate.js';
import { drain, type Optimized } from '../drain.js';
import type { AnyFunction, Strategy, StrategyHost } from '../strategy.js';

/** How results are kept. */
export interface CachingSettings<A extends unknown[]> {
  /** Results kept; then the one that was used longest ago goes. Default 1000. */
  readonly maxSize: number;
  /** How long a result is kept. Default 3600. */
  readonly ttlSeconds: number;
  /** Calls with the same key have the same result. Default: the arguments. */
  readonly key: ((...args: A) => string) | undefined;
  /** Names the results in `metadata` (seed: cache_key). */
  readonly cacheKey: string | undefined;
}
export type CachingOptions<A extends unknown[]> = Partial<CachingSettings<A>>;

/** A result, with what computing it took. */
interface Computed<R> {
  readonly result: Optimized<R>;
  readonly computedMs: Milliseconds;
}

/**
 * Keeps results by their arguments ({@link cached}). A call that finds its result is compared with the one that computed
 * it, so the gain is known without calling the function twice.
 */
export class CachingStrategy<A extends unknown[], R> implements Strategy<A, R> {
  readonly #settings: Readonly<CachingSettings<A>>;
  readonly #host: StrategyHost;
  readonly #cached: CachedFunction<A, Promise<Computed<R>>>;

  /** @throws ConfigError */
  constructor(fn: AnyFunction<A, R>, options: CachingOptions<A>, host: StrategyHost) {
    const defaults: CachingSettings<A> = { maxSize: 1_000, ttlSeconds: 3_600, key: undefined, cacheKey: undefined };
    const checks: Checks<CachingSettings<A>> = {
      maxSize: positiveInteger,
      ttlSeconds: positive,
      key: optional(func),
      cacheKey: optional(text),
    };
    this.#settings = resolveConfig('caching', options, defaults, checks);
    this.#host = host;
    const { clock } = host;
    const compute = async (...args: A): Promise<Computed<R>> => {
      const startedAt = clock.now();
      const result = await drain(fn(...args));
      return { result, computedMs: clock.now() - startedAt };
    };
    const { maxSize, ttlSeconds, key } = this.#settings;
    this.#cached = cached(compute, { maxSize, ttlSeconds, key, evictionPolicy: 'lru' }, { clock });
  }

  get details(): string {
    const { hits, misses, entries } = this.cacheStats;
    return `${hits} results found, ${misses} computed, ${entries} kept`;
  }

  get metadata(): Readonly<Record<string, unknown>> {
    return { cacheKey: this.#settings.cacheKey, ...this.cacheStats };
  }

  /** A call that joins one under way finds its result too. */
  get cacheStats(): { readonly entries: number; readonly hits: number; readonly misses: number } {
    const { hits, shared, misses, cache } = this.#cached.stats;
    return { entries: cache.entries, hits: hits + shared, misses };
  }

  async run(args: A): Promise<Optimized<R>> {
    const startedAt = this.#host.clock.now();
    const { hits } = this.#cached.stats;
    const computed = this.#cached(...args);
    const isHit = this.#cached.stats.hits > hits;
    const { result, computedMs } = await computed;
    if (isHit) this.#host.recordPair(computedMs, this.#host.clock.now() - startedAt);
    return result;
  }

  clear(): void {
    this.#cached.clear();
  }

  stop(): void {
    this.#cached[disposeSymbol]();
  }
}
