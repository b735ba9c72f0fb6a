import { Cache, type EvictionPolicy } from '../../src/cache/index.js';
import type { Readings } from '../harness/bench.js';
import { optimalHits } from './traces/optimum.js';
import { seeded } from './traces/random.js';
import { type Trace, traces } from './traces/traces.js';

const FAMILIES = ['zipf', 'scan', 'loop', 'phase', 'arc', 'lirs'] as const;

/** A share for each family, and the average of all traces at all sizes. */
export const RATIO_METRICS: readonly string[] = [...FAMILIES, 'average'];

let kept: readonly (Trace & { readonly optima: readonly number[] })[] | undefined;

/** All traces with the most hits that are possible at each size; made once. */
function allTraces() {
  kept ??= Array.from(traces(), (trace) => ({
    ...trace,
    optima: trace.sizes.map((size) => optimalHits(trace.keys, size)),
  }));
  return kept;
}

/** The hits of a policy as shares of the most that are possible. The same in every run. */
export function hitRatios(evictionPolicy: EvictionPolicy): Readings {
  const shares = allTraces().flatMap(({ family, keys, sizes, optima }) =>
    sizes.map((maxSize, at) => ({
      family,
      share: countHits(evictionPolicy, keys, maxSize) / (optima[at] ?? Number.NaN),
    })),
  );
  const average = (family?: string) => {
    const some = shares.filter((one) => family === undefined || one.family === family);
    return some.reduce((sum, { share }) => sum + share, 0) / some.length;
  };
  return { ...Object.fromEntries(FAMILIES.map((family) => [family, average(family)])), average: average() };
}

function countHits(evictionPolicy: EvictionPolicy, keys: readonly number[], maxSize: number): number {
  const cache = new Cache<number, number>(
    { maxSize, evictionPolicy, ttlSeconds: Number.POSITIVE_INFINITY },
    { random: seeded(7) },
  );
  for (const key of keys) if (cache.get(key) === undefined) cache.set(key, key);
  return cache.stats.hits;
}
