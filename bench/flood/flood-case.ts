import type { Bar, BenchCase, Metric, Variant } from '../harness/bench.js';
import type { Grid } from './grid.js';
import { type FloodVariant, runFlood } from './run-flood.js';

export type FloodVariants = Readonly<Record<string, (grid: Grid) => FloodVariant>>;

const METRICS: readonly Metric[] = [
  { name: 'frames', unit: '% of the display', better: 'higher' },
  { name: 'interval p99', unit: 'ms', better: 'lower' },
  { name: 'longest task', unit: 'ms', better: 'lower' },
  { name: 'staleness p95', unit: 'ms', better: 'lower' },
  { name: 'main thread', unit: 'ms/s', better: 'lower' },
  { name: 'input p98', unit: 'ms', better: 'lower' },
  { name: 'input to paint p98', unit: 'ms', better: 'lower' },
];

/** 20,000 updates a second into 100 cells that cost `costUs` each to write. */
export function floodCase(costUs: number, variants: FloodVariants, bars: readonly Bar[]): BenchCase {
  const runs = Object.entries(variants).map(([name, make]): [string, Variant] => [
    name,
    (context) => runFlood(make, costUs / 1_000, context),
  ]);
  return { name: `cells of ${costUs} µs`, metrics: METRICS, variants: Object.fromEntries(runs), bars };
}
