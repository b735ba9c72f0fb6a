import type { OptimizationType } from './optimization-type.js';
import type { AlgorithmOptions } from './strategies/algorithm.js';
import type { CachingOptions } from './strategies/caching.js';
import type { DatabaseOptions } from './strategies/database.js';
import type { MemoryOptions } from './strategies/memory.js';
import type { NetworkOptions } from './strategies/network.js';
import type { ParallelizationOptions } from './strategies/parallelization.js';

interface Common<Type extends OptimizationType> {
  readonly optimizationType: Type;
  /** A registered optimisation. */
  readonly optimizationId?: string | undefined;
}

/** How a function is optimised: the type, and that type's own options. */
export type OptimizeOptions<A extends unknown[], R> =
  | (Common<'caching'> & CachingOptions<A>)
  | (Common<'parallelization'> & ParallelizationOptions<A, R>)
  | (Common<'algorithm'> & AlgorithmOptions<A, R>)
  | (Common<'memory'> & MemoryOptions)
  | (Common<'network'> & NetworkOptions<A>)
  | (Common<'database'> & DatabaseOptions<A, R>);
