import { type Observable, Subject } from 'rxjs';
import { SystemClock } from '../../core/clock.js';
import { disposeSymbol } from '../../core/disposer.js';
import { CallbackError, type PoiseError } from '../../core/errors.js';
import { stableKey } from '../../core/stable-key.js';
import { Cache } from '../cache.js';
import type { CacheDependencies } from '../cache-dependencies.js';
import { type CachedConfig, type CachedSettings, type Kept, resolveCachedConfig } from './cached-config.js';
import type { CachedStats } from './cached-stats.js';
import { Flight } from './flight.js';
import { takeSignals } from './signals.js';

type Fn<A extends unknown[]> = (...args: A) => unknown;

const COUNTS = { calls: 0, hits: 0, stale: 0, shared: 0, misses: 0, failures: 0, refreshes: 0 };

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

/**
 * The results of one function, by its arguments. `self` is the caller's `this`, which has no part in the key. What the
 * function gives is unknown here: a value, or a promise for one.
 */
export class Memo<A extends unknown[]> implements Disposable {
  /** A refresh that failed, and what goes wrong behind a cache of its own. Never errors; completes on dispose. */
  readonly errors$: Observable<PoiseError>;
  readonly cache: Cache<string, Kept<unknown>>;
  readonly #fn: Fn<A>;
  readonly #settings: Readonly<CachedSettings<A, unknown>>;
  readonly #clock: NonNullable<CacheDependencies['clock']>;
  readonly #flights = new Map<string, Flight<unknown>>();
  readonly #errors = new Subject<PoiseError>();
  /** Goes before the keys and marks the entries in a cache that others use too. */
  readonly #label: string;
  readonly #counts = { ...COUNTS };

  /** @throws CacheError */
  constructor(fn: Fn<A>, config: CachedConfig<A, unknown> | undefined, dependencies: CacheDependencies = {}) {
    this.#fn = fn;
    this.#settings = resolveCachedConfig(config);
    this.#clock = dependencies.clock ?? new SystemClock();
    this.errors$ = this.#errors.asObservable();
    const { cache, maxSize, evictionPolicy, persistent } = this.#settings;
    const name = this.#settings.name ?? (fn.name || 'cached');
    this.#label = cache ? `${name}:` : '';
    this.cache =
      cache ?? new Cache({ name, maxSize, evictionPolicy, persistent }, { ...dependencies, clock: this.#clock });
    if (!cache) this.cache.errors$.subscribe((error) => this.#errors.next(error));
  }

  get stats(): CachedStats {
    return { ...this.#counts, inFlight: this.#flights.size, cache: this.cache.stats };
  }

  /** @throws KeyError, and what the function throws */
  call(self: unknown, args: A): unknown {
    const taken = takeSignals(args);
    // Whoever has given up already must not begin what others would wait for.
    if (taken?.signals.some(({ aborted }) => aborted)) return Reflect.apply(this.#fn, self, args);
    const key = this.#keyOf(args, taken?.keyed ?? args);
    this.#counts.calls++;
    const kept = this.cache.get(key);
    if (kept) return this.#found(kept, key, self, args);
    const flight = this.#flights.get(key);
    if (flight) {
      this.#counts.shared++;
      return flight.join(taken?.signals ?? []);
    }
    this.#counts.misses++;
    const started = this.#flight(key);
    const outcome = this.#produce(key, started, self, args, taken?.replaced);
    return isThenable(outcome) ? this.#launch(key, started, outcome, taken?.signals ?? []) : outcome;
  }

  /** Forgets the result of these arguments, one under way included. */
  invalidate(args: A): void {
    const key = this.#keyOf(args, takeSignals(args)?.keyed ?? args);
    this.#ground(key);
    this.cache.delete(key);
  }

  /** Forgets all results of this function, those under way included. */
  clear(): void {
    for (const key of this.#flights.keys()) this.#ground(key);
    if (this.#settings.cache) this.cache.invalidateTag(this.#label);
    else this.cache.clear();
  }

  [disposeSymbol](): void {
    for (const key of this.#flights.keys()) this.#ground(key);
    if (!this.#settings.cache) this.cache[disposeSymbol]();
    this.#errors.complete();
  }

  #keyOf(args: A, keyed: readonly unknown[]): string {
    const { key } = this.#settings;
    return this.#label + (key ? key(...args) : stableKey(keyed));
  }

  #found(kept: Kept<unknown>, key: string, self: unknown, args: A): unknown {
    this.#counts.hits++;
    if (kept.freshUntil <= this.#clock.wallNow()) {
      this.#counts.stale++;
      this.#refreshSoon(key, self, args);
    }
    return kept.promised || this.#settings.persistent ? Promise.resolve(kept.value) : kept.value;
  }

  /** In a task of its own: a function that works at once would make the caller wait. */
  #refreshSoon(key: string, self: unknown, args: A): void {
    if (this.#flights.has(key)) return;
    this.#counts.refreshes++;
    const work = async (flight: Flight<unknown>): Promise<unknown> => {
      await new Promise<void>((resolve) => this.#clock.afterTask(resolve));
      return await this.#run(key, flight, self, takeSignals(args)?.replaced(flight.signal) ?? args);
    };
    const flight = this.#flight(key);
    this.#launch(key, flight, work(flight), []).catch((cause: unknown) =>
      this.#errors.next(new CallbackError(`the refresh of ${this.cache.name}`, cause)),
    );
  }

  #flight(key: string): Flight<unknown> {
    return new Flight<unknown>(() => this.#ground(key));
  }

  /** From here on others can join; a call whose result is there at once has nothing to join. */
  #launch(
    key: string,
    flight: Flight<unknown>,
    outcome: PromiseLike<unknown>,
    signals: readonly AbortSignal[],
  ): Promise<unknown> {
    this.#flights.set(key, flight);
    const landed = () => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
    };
    flight.start(Promise.resolve(outcome).finally(landed));
    return flight.join(signals);
  }

  #produce(
    key: string,
    flight: Flight<unknown>,
    self: unknown,
    args: A,
    replaced: ((signal: AbortSignal) => A) | undefined,
  ): unknown {
    const given = replaced?.(flight.signal) ?? args;
    if (!this.#settings.persistent) return this.#run(key, flight, self, given);
    return this.#look(key, flight).then((kept) => (kept ? kept.value : this.#run(key, flight, self, given)));
  }

  /** What an earlier page kept. */
  async #look(key: string, flight: Flight<unknown>): Promise<Kept<unknown> | undefined> {
    const kept = await this.cache.load(key);
    return flight.valid && kept && kept.freshUntil > this.#clock.wallNow() ? kept : undefined;
  }

  #run(key: string, flight: Flight<unknown>, self: unknown, args: A): unknown {
    let result: unknown;
    try {
      result = Reflect.apply(this.#fn, self, args);
    } catch (cause) {
      this.#counts.failures++;
      throw cause;
    }
    if (!isThenable(result)) {
      this.#keep(key, flight, { value: result, promised: false }, args);
      return result;
    }
    return Promise.resolve(result).then(
      (value) => {
        this.#keep(key, flight, { value, promised: true }, args);
        return value;
      },
      (cause: unknown) => {
        this.#counts.failures++;
        throw cause;
      },
    );
  }

  #keep(key: string, flight: Flight<unknown>, result: Omit<Kept<unknown>, 'freshUntil'>, args: A): void {
    if (!flight.valid) return;
    const { ttlSeconds, staleWhileRevalidate, tags } = this.#settings;
    const freshUntil = this.#clock.wallNow() + ttlSeconds * 1_000;
    const own = typeof tags === 'function' ? tags(...args) : (tags ?? []);
    const all = this.#label === '' ? own : [...own, this.#label];
    const options = { ttlSeconds: ttlSeconds + staleWhileRevalidate, tags: all.length > 0 ? all : undefined };
    this.cache.set(key, { ...result, freshUntil }, options);
  }

  /** Whoever calls from now on begins anew. */
  #ground(key: string): void {
    const flight = this.#flights.get(key);
    if (!flight) return;
    flight.valid = false;
    this.#flights.delete(key);
  }
}
