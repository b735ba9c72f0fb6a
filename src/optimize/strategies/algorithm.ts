import type { Milliseconds } from '../../core/units.js';
import { type Checks, func, positiveInteger, resolveConfig } from '../../core/validate.js';
import { drain, type Optimized } from '../drain.js';
import { DisagreementError } from '../optimization-error.js';
import { sameValue } from '../same-value.js';
import type { AnyFunction, Strategy, StrategyHost } from '../strategy.js';

/** How implementations of one function are compared. */
export interface AlgorithmSettings<A extends unknown[], R> {
  /** Other ways to compute the same. */
  readonly alternatives: readonly AnyFunction<A, R>[];
  /** Whether two results are equal. Default: all the way down. */
  readonly agrees: (a: Optimized<R>, b: Optimized<R>) => boolean;
  /** Calls on which all are run and compared before one is chosen. Default 5. */
  readonly trials: number;
  /**
   * After that, every so many calls the chosen one is compared with the original again. 1 is always: no result is given
   * on which the two disagree, and no time is saved. `metadata.unchecked` counts the results in between. Default 100.
   */
  readonly recheckEvery: number;
}
export type AlgorithmOptions<A extends unknown[], R> = Partial<AlgorithmSettings<A, R>>;

interface Candidate<A extends unknown[], R> {
  readonly index: number;
  readonly fn: AnyFunction<A, R>;
  timesMs: Milliseconds;
  /** It gave other results than the original. */
  out: boolean;
  compared: number;
}

type Outcome<R> = { readonly value: Optimized<R> } | { readonly thrown: unknown };

/**
 * Chooses the fastest of several implementations, as measured on live calls. Whenever two are run, a result is only given
 * if they agree; else the original's is, the other one is put out, and a DisagreementError is reported.
 */
export class AlgorithmStrategy<A extends unknown[], R> implements Strategy<A, R> {
  readonly #settings: Readonly<AlgorithmSettings<A, R>>;
  readonly #host: StrategyHost;
  readonly #original: Candidate<A, R>;
  readonly #others: readonly Candidate<A, R>[];
  #chosen: Candidate<A, R>;
  #calls = 0;
  #disagreements = 0;
  /** Results of an alternative that were given without the original's beside them. */
  #unchecked = 0;

  /** @throws ConfigError */
  constructor(fn: AnyFunction<A, R>, options: AlgorithmOptions<A, R>, host: StrategyHost) {
    const defaults: AlgorithmSettings<A, R> = { alternatives: [], agrees: sameValue, trials: 5, recheckEvery: 100 };
    const checks: Checks<AlgorithmSettings<A, R>> = {
      alternatives: {
        allowed: 'a list of functions, not empty',
        test: (v) => Array.isArray(v) && v.length > 0 && v.every((one) => typeof one === 'function'),
      },
      agrees: func,
      trials: positiveInteger,
      recheckEvery: positiveInteger,
    };
    this.#settings = resolveConfig('algorithm', options, defaults, checks);
    this.#host = host;
    const [original, ...others] = [fn, ...this.#settings.alternatives].map(
      (one, index): Candidate<A, R> => ({ index, fn: one, timesMs: 0, out: false, compared: 0 }),
    );
    this.#original = original ?? { index: 0, fn, timesMs: 0, out: false, compared: 0 };
    this.#others = others;
    this.#chosen = this.#original;
  }

  get details(): string {
    if (this.#calls < this.#settings.trials) return `comparing ${this.#others.length + 1} implementations`;
    const which = this.#chosen === this.#original ? 'the original' : `alternative ${this.#chosen.index}`;
    const disagreed = this.#disagreements > 0 ? `; ${this.#disagreements} results did not agree` : '';
    return `uses ${which}; ${this.#unchecked} of ${this.#calls} results were not compared${disagreed}`;
  }

  get metadata(): Readonly<Record<string, unknown>> {
    return {
      chosen: this.#chosen.index,
      disagreements: this.#disagreements,
      unchecked: this.#unchecked,
      putOut: this.#others.filter(({ out }) => out).map(({ index }) => index),
    };
  }

  async run(args: A): Promise<Optimized<R>> {
    const call = this.#calls++;
    const { trials, recheckEvery } = this.#settings;
    if (call < trials) return await this.#compare(args, this.#others);
    if (call === trials) this.#choose();
    if (this.#chosen === this.#original) return await drain(this.#original.fn(...args));
    if ((call - trials) % recheckEvery === 0) return await this.#compare(args, [this.#chosen]);
    this.#unchecked++;
    return await drain(this.#chosen.fn(...args));
  }

  /** Runs the original and others on the same arguments; the original's result is the one that counts. */
  async #compare(args: A, others: readonly Candidate<A, R>[]): Promise<Optimized<R>> {
    const candidates = others.filter(({ out }) => !out).map((candidate) => ({ candidate, args: copyOf(args) }));
    const [original, originalMs] = await this.#time(this.#original, args);
    for (const { candidate, args: copy } of candidates) {
      if (!copy) continue;
      candidate.compared++;
      const [outcome, tookMs] = await this.#time(candidate, copy);
      if (!this.#agree(original, outcome)) this.#putOut(candidate, args, outcome);
      else if (candidate === this.#chosen) this.#host.recordPair(originalMs, tookMs);
    }
    if ('thrown' in original) throw original.thrown;
    return original.value;
  }

  async #time(candidate: Candidate<A, R>, args: A): Promise<readonly [Outcome<R>, Milliseconds]> {
    const startedAt = this.#host.clock.now();
    let outcome: Outcome<R>;
    try {
      outcome = { value: await drain(candidate.fn(...args)) };
    } catch (thrown) {
      outcome = { thrown };
    }
    const tookMs = this.#host.clock.now() - startedAt;
    candidate.timesMs += tookMs;
    return [outcome, tookMs];
  }

  #agree(a: Outcome<R>, b: Outcome<R>): boolean {
    if ('thrown' in a || 'thrown' in b) return 'thrown' in a && 'thrown' in b && sameFailure(a.thrown, b.thrown);
    return this.#settings.agrees(a.value, b.value);
  }

  #putOut(candidate: Candidate<A, R>, args: A, outcome: Outcome<R>): void {
    candidate.out = true;
    this.#disagreements++;
    const cause = 'thrown' in outcome ? outcome.thrown : undefined;
    this.#host.report(new DisagreementError(candidate.index, candidate.fn.name, args, cause));
    if (candidate === this.#chosen) this.#choose();
  }

  /** The fastest of those that always agreed. What it gained on the trial calls is a measurement. */
  #choose(): void {
    const rivals = this.#others.filter(({ out, compared }) => !out && compared > 0);
    this.#chosen = rivals.reduce((best, one) => (one.timesMs < best.timesMs ? one : best), this.#original);
    if (rivals.length === 0) this.#host.fail('no alternative could be compared and agrees with the original');
    else this.#host.recordPair(this.#original.timesMs, this.#chosen.timesMs);
  }
}

/** The same kind of error; implementations may word it differently. What is no error must be equal. */
function sameFailure(a: unknown, b: unknown): boolean {
  return a instanceof Error && b instanceof Error ? a.name === b.name : sameValue(a, b);
}

/** Each implementation has arguments of its own, as one may change them. Undefined where they can't be copied. */
function copyOf<A extends unknown[]>(args: A): A | undefined {
  try {
    return structuredClone(args);
  } catch {
    return undefined;
  }
}
