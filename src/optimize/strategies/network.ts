import type { Teardown } from '../../core/disposer.js';
import { stableKey } from '../../core/stable-key.js';
import type { Milliseconds } from '../../core/units.js';
import {
  type Checks,
  func,
  nonNegative,
  nonNegativeInteger,
  positiveInteger,
  resolveConfig,
} from '../../core/validate.js';
import { drain, type Optimized } from '../drain.js';
import { OptimizationError } from '../optimization-error.js';
import type { AnyFunction, Strategy, StrategyHost } from '../strategy.js';

/** How calls over the network are made. */
export interface NetworkSettings<A extends unknown[]> {
  /** Calls with the same key share one request while it is under way. Default: the arguments. */
  readonly key: (...args: A) => string;
  /** Requests at once, at the most; the others wait in order. Default 6. */
  readonly maxConcurrent: number;
  /** Default 3. */
  readonly maxRetries: number;
  /** The wait before the first retry is up to this, then twice as long each time. Default 200. */
  readonly backoffMs: Milliseconds;
  /** Default 10,000. */
  readonly maxBackoffMs: Milliseconds;
  /** Whether to try again. Default: after a TypeError, as fetch throws it, and after a Response of 408, 429 or 5xx. */
  readonly shouldRetry: (failure: unknown) => boolean;
}
export type NetworkOptions<A extends unknown[]> = Partial<NetworkSettings<A>>;

/** Shares calls under way, limits how many there are, and tries again after a while when one fails. */
export class NetworkStrategy<A extends unknown[], R> implements Strategy<A, R> {
  readonly usually = 'at once';
  readonly #fn: AnyFunction<A, R>;
  readonly #settings: Readonly<NetworkSettings<A>>;
  readonly #host: StrategyHost;
  readonly #underWay = new Map<string, Promise<Optimized<R>>>();
  readonly #counts = { calls: 0, requests: 0, shared: 0, retries: 0 };
  readonly #waits = new Set<Teardown>();
  #waiting: (() => void)[] = [];
  #active = 0;
  #stopped = false;

  /** @throws ConfigError */
  constructor(fn: AnyFunction<A, R>, options: NetworkOptions<A>, host: StrategyHost) {
    const defaults: NetworkSettings<A> = {
      key: (...args) => stableKey(args),
      maxConcurrent: 6,
      maxRetries: 3,
      backoffMs: 200,
      maxBackoffMs: 10_000,
      shouldRetry: isPassing,
    };
    const checks: Checks<NetworkSettings<A>> = {
      key: func,
      maxConcurrent: positiveInteger,
      maxRetries: nonNegativeInteger,
      backoffMs: nonNegative,
      maxBackoffMs: nonNegative,
      shouldRetry: func,
    };
    this.#fn = fn;
    this.#settings = resolveConfig('network', options, defaults, checks);
    this.#host = host;
  }

  get details(): string {
    const { calls, requests, shared, retries } = this.#counts;
    return `${calls} calls, ${requests} requests, ${shared} shared, ${retries} retries`;
  }

  get metadata(): Readonly<Record<string, unknown>> {
    return { ...this.#counts, underWay: this.#active, waiting: this.#waiting.length };
  }

  run(args: A): Promise<Optimized<R>> {
    this.#counts.calls++;
    const key = this.#settings.key(...args);
    const known = this.#underWay.get(key);
    if (known !== undefined) {
      this.#counts.shared++;
      return known.then(copyOf);
    }
    const request = this.#request(args).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, request);
    // One turn later than the copies are made: a response that is read can't be copied.
    return request.then((value) => value);
  }

  /** Ends the waits; what waits rejects. */
  stop(): void {
    this.#stopped = true;
    for (const end of [...this.#waits]) end();
    for (const go of this.#waiting.splice(0)) {
      this.#active++;
      go();
    }
  }

  async #request(args: A): Promise<Optimized<R>> {
    await this.#enter();
    try {
      for (let attempt = 0; ; attempt++) {
        if (this.#stopped) throw new OptimizationError('the optimisation was stopped');
        const outcome = await this.#attempt(args);
        const failure = 'thrown' in outcome ? outcome.thrown : outcome.value;
        if (attempt < this.#settings.maxRetries && this.#settings.shouldRetry(failure)) {
          this.#counts.retries++;
          await this.#wait(this.#delay(attempt, failure));
        } else if ('thrown' in outcome) throw outcome.thrown;
        else return outcome.value;
      }
    } finally {
      this.#leave();
    }
  }

  async #attempt(args: A): Promise<{ readonly value: Optimized<R> } | { readonly thrown: unknown }> {
    this.#counts.requests++;
    try {
      return { value: await drain(this.#fn(...args)) };
    } catch (thrown) {
      return { thrown };
    }
  }

  async #enter(): Promise<void> {
    if (this.#active >= this.#settings.maxConcurrent) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#active++;
  }

  /** Hands the place over to who waits first. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#active--;
  }

  /** What the server asks for; else somewhere up to the limit, which doubles, so that clients spread out. */
  #delay(attempt: number, failure: unknown): Milliseconds {
    const { backoffMs, maxBackoffMs } = this.#settings;
    const asked = retryAfterMs(failure, this.#host.clock.wallNow());
    return Math.min(maxBackoffMs, asked ?? Math.random() * backoffMs * 2 ** attempt);
  }

  #wait(delayMs: Milliseconds): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        cancel();
        this.#waits.delete(end);
        resolve();
      };
      const cancel = this.#host.clock.setTimer(end, delayMs);
      this.#waits.add(end);
    });
  }
}

/** A response can be read once, so each caller has its own. */
function copyOf<T>(value: T): T;
function copyOf(value: unknown): unknown {
  return value instanceof Response ? value.clone() : value;
}

function isPassing(failure: unknown): boolean {
  if (failure instanceof TypeError) return true;
  return failure instanceof Response && (failure.status === 408 || failure.status === 429 || failure.status >= 500);
}

/** https://www.rfc-editor.org/rfc/rfc9110#field.retry-after: seconds, or a date. */
function retryAfterMs(failure: unknown, now: number): Milliseconds | undefined {
  const header = failure instanceof Response ? failure.headers.get('retry-after') : null;
  if (header === null) return undefined;
  const seconds = Number(header);
  const wait = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1_000;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
