import type { Clock } from '../core/clock.js';
import type { PoiseError } from '../core/errors.js';
import type { Bytes, Milliseconds } from '../core/units.js';
import type { Optimized } from './drain.js';
import type { OptimizationCacheStats } from './optimization-result.js';

/** A function of the app's, as the strategies call it. */
export type AnyFunction<A extends unknown[], R> = (...args: A) => R;

/** What a strategy has of the manager. */
export interface StrategyHost {
  readonly clock: Clock;
  /** The same call, both ways, was measured on the way. */
  recordPair(before: Milliseconds, after: Milliseconds): void;
  /** The strategy can't be applied, or not as it was meant; the function still gives its results. */
  fail(why: string): void;
  report(error: PoiseError): void;
}

/** A function's better half: does what the function does, in another way. */
export interface Strategy<A extends unknown[], R> {
  run(args: A): Promise<Optimized<R>>;
  /** The same for many; without it, one `run` after another is started. */
  runMany?(items: readonly A[0][]): Promise<Optimized<R>[]>;
  /** How many calls are made without the optimisation: one after another, or all at once. Default 'sequence'. */
  readonly usually?: 'sequence' | 'at once';
  /** What it does, in words. */
  readonly details: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly memorySavedBytes?: Bytes | undefined;
  readonly cacheStats?: Omit<OptimizationCacheStats, 'functions' | 'hitRate'>;
  clear?(): void;
  /** Resolves when what was asked of it is done, so that a call without it can't overtake. */
  settled?(): Promise<void> | undefined;
  stop?(): void;
}
