import type { OptimizationSettings } from './optimization-config.js';
import type { OptimizeOptions } from './optimize-options.js';
import { AlgorithmStrategy } from './strategies/algorithm.js';
import { CachingStrategy } from './strategies/caching.js';
import { DatabaseStrategy } from './strategies/database.js';
import { MemoryStrategy } from './strategies/memory.js';
import { NetworkStrategy } from './strategies/network.js';
import { ParallelizationStrategy } from './strategies/parallelization.js';
import type { AnyFunction, Strategy, StrategyHost } from './strategy.js';

/**
 * Makes the strategy of one function. What the function is given goes before what the optimisation is registered with.
 * @throws ConfigError
 */
export function makeStrategy<A extends unknown[], R>(
  fn: AnyFunction<A, R>,
  options: OptimizeOptions<A, R>,
  { parameters, maxWorkers, cacheSize, cacheTtlSeconds }: OptimizationSettings,
  workersOfAll: number | undefined,
  host: StrategyHost,
): Strategy<A, R> {
  const { optimizationId: _id, ...given } = options;
  switch (given.optimizationType) {
    case 'caching': {
      const { optimizationType: _type, ...own } = given;
      return new CachingStrategy(fn, { maxSize: cacheSize, ttlSeconds: cacheTtlSeconds, ...parameters, ...own }, host);
    }
    case 'parallelization': {
      const { optimizationType: _type, ...own } = given;
      const workers = Math.min(maxWorkers, workersOfAll ?? maxWorkers);
      return new ParallelizationStrategy(fn, { maxWorkers: workers, ...parameters, ...own }, host);
    }
    case 'algorithm': {
      const { optimizationType: _type, ...own } = given;
      return new AlgorithmStrategy(fn, { ...parameters, ...own }, host);
    }
    case 'memory': {
      const { optimizationType: _type, ...own } = given;
      return new MemoryStrategy(fn, { ...parameters, ...own }, host);
    }
    case 'network': {
      const { optimizationType: _type, ...own } = given;
      return new NetworkStrategy(fn, { ...parameters, ...own }, host);
    }
    case 'database': {
      const { optimizationType: _type, ...own } = given;
      return new DatabaseStrategy(fn, { ...parameters, ...own }, host);
    }
  }
}
