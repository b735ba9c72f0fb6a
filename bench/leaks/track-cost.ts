import { disposeSymbol } from '../../src/core/index.js';
import { MemoryOptimizer } from '../../src/memory/index.js';
import type { BenchCase, Variant } from '../harness/bench.js';

const COUNT = 100_000;

/** Nanoseconds an object, for objects that nobody has seen before. */
function perObject(track: (object: object) => void): number {
  const objects = Array.from({ length: COUNT }, (_, n) => ({ n }));
  const startedAt = performance.now();
  for (const object of objects) track(object);
  return ((performance.now() - startedAt) / COUNT) * 1e6;
}

const poise: Variant = () => {
  const optimizer = new MemoryOptimizer();
  const track = perObject((object) => optimizer.track(object, 'Bench'));
  optimizer[disposeSymbol]();
  return { track };
};

const weakRefs: Variant = () => {
  const refs = new Set<WeakRef<object>>();
  const registry = new FinalizationRegistry<WeakRef<object>>((ref) => refs.delete(ref));
  return {
    track: perObject((object) => {
      const ref = new WeakRef(object);
      refs.add(ref);
      registry.register(object, ref);
    }),
  };
};

export const trackCase: BenchCase = {
  name: 'track 100,000 objects',
  metrics: [{ name: 'track', unit: 'ns an object', better: 'lower' }],
  variants: { poise, 'WeakRef in a Set, FinalizationRegistry': weakRefs },
  bars: [{ metric: 'track', atMost: 1_000 }],
};
