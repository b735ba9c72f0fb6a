import { OptimizationManager } from 'poise/optimize';
import { inPercent, type Outcome, showExample, timeBar } from './example-page.js';

const manager = new OptimizationManager();

async function expensiveComputation(n: number, complexity: 'high' | 'low'): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 100));
  let sum = 0;
  for (let i = 0; i < n; i++) sum += complexity === 'high' ? i * i * i : i * i;
  return sum;
}

const cachedComputation = manager.optimizeFunction(expensiveComputation, {
  optimizationType: 'caching',
  cacheKey: 'expensive_computation',
});

async function timed<T>(call: () => Promise<T>): Promise<{ result: T; ms: number }> {
  const startedAt = performance.now();
  const result = await call();
  return { result, ms: performance.now() - startedAt };
}

showExample(async (): Promise<Outcome> => {
  manager.clearCache();
  const before = manager.getCacheStats();
  const first = await timed(() => cachedComputation(1_000, 'high'));
  const second = await timed(() => cachedComputation(1_000, 'high'));
  const { hits, misses, entries } = manager.getCacheStats();
  const { performanceImprovement } = cachedComputation.result;
  return {
    bars: [timeBar('First call', first.ms, false), timeBar('Second call', second.ms, true)],
    checks: [
      { text: 'Both calls gave the same result', holds: first.result === second.result },
      { text: 'The second call took less than half as long', holds: second.ms < first.ms * 0.5 },
    ],
    facts: [
      ['Result', first.result.toLocaleString('en')],
      ['Saved', inPercent(performanceImprovement)],
      ['Found, computed', `${hits - before.hits}, ${misses - before.misses}`],
      ['Results kept', `${entries}`],
    ],
  };
});
