import { OptimizationManager } from 'poise/optimize';
import { WorkerPool } from 'poise/workers';
import { inMs, inPercent, type Outcome, showExample, timeBar } from './example-page.js';
import { withFrameGaps } from './frame-gaps.js';
import { countPrimes } from './primes.js';
import type { PrimeTasks } from './primes.worker.js';

const manager = new OptimizationManager();
const pool = new WorkerPool<PrimeTasks>({
  create: () => new Worker(new URL('./primes.worker.ts', import.meta.url), { type: 'module' }),
});

const parallelCount = manager.optimizeFunction(countPrimes, {
  optimizationType: 'parallelization',
  remote: {
    run: (range) => pool.run('countPrimes', range),
    map: (ranges) => pool.map('countPrimes', ranges),
  },
});

const ROUNDS = 3;
type Run = Awaited<ReturnType<typeof withFrameGaps<number[]>>>;
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const longestGap = (runs: readonly Run[]): number => Math.max(...runs.map(({ longestGapMs }) => longestGapMs));

const ranges = Array.from({ length: 100 }, (_, range) => range);

showExample(async (): Promise<Outcome> => {
  pool.start();
  await parallelCount.map(ranges.slice(0, 4));
  const sequential: Run[] = [];
  const parallel: Run[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    sequential.push(await withFrameGaps(() => ranges.map(countPrimes)));
    parallel.push(await withFrameGaps(() => parallelCount.map(ranges)));
  }
  const { performanceImprovement } = await parallelCount.measureMap(ranges);
  const before = median(sequential.map(({ ms }) => ms));
  const after = median(parallel.map(({ ms }) => ms));
  const equal = new Set([...sequential, ...parallel].map(({ result }) => result.join())).size === 1;
  const { workers, runMs } = pool.stats;
  return {
    bars: [timeBar('One after another', before, false), timeBar('In workers', after, true)],
    checks: [
      { text: 'Both gave the same results, in the same order', holds: equal },
      { text: 'In workers it took at most 0.8 of the time', holds: after <= before * 0.8 },
    ],
    facts: [
      ['Longest time without a frame', `${inMs(longestGap(sequential))}, in workers ${inMs(longestGap(parallel))}`],
      [`Saved, measured once more`, inPercent(performanceImprovement)],
      ['Workers, cores', `${workers}, ${navigator.hardwareConcurrency}`],
      ['Messages to workers', `${runMs.count}`],
    ],
  };
});
