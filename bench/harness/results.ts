import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchOutline, Metric } from './bench.js';
import type { Runs } from './rounds.js';

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** poise's figure as a multiple of this variant's in the same round, the middle of all rounds: both met the same machine. */
  readonly poiseTimes: number;
}

export interface CaseResult {
  readonly case: string;
  readonly metric: string;
  readonly unit: string;
  readonly better: Metric['better'];
  readonly variants: Readonly<Record<string, Spread>>;
}

/** What `bench/results/<name>.json` holds. */
export interface Results {
  readonly name: string;
  readonly date: string;
  readonly rounds: number;
  readonly cases: readonly CaseResult[];
}

export function summarise(name: string, rounds: number, outline: BenchOutline, runs: Runs): Results {
  const cases = outline.cases.flatMap((benchCase) =>
    benchCase.metrics.map((metric): CaseResult => {
      const figures = (variant: string) =>
        (runs.get(benchCase.name)?.get(variant) ?? []).map((reading) => reading[metric.name] ?? Number.NaN);
      const own = figures('poise');
      const spreads = benchCase.variants.map((variant): [string, Spread] => [variant, spreadOf(figures(variant), own)]);
      return {
        case: benchCase.name,
        metric: metric.name,
        unit: metric.unit,
        better: metric.better,
        variants: Object.fromEntries(spreads),
      };
    }),
  );
  return { name, date: new Date().toISOString(), rounds, cases };
}

export async function writeResults(directory: string, results: Results): Promise<string> {
  await mkdir(directory, { recursive: true });
  const file = join(directory, `${results.name}.json`);
  await writeFile(file, `${JSON.stringify(results, undefined, 2)}\n`);
  return file;
}

function spreadOf(values: readonly number[], own: readonly number[]): Spread {
  const sorted = inOrder(values);
  return {
    median: rounded(medianOf(sorted)),
    min: rounded(sorted[0] ?? Number.NaN),
    max: rounded(sorted.at(-1) ?? Number.NaN),
    poiseTimes: rounded(medianOf(inOrder(values.map((value, round) => (own[round] ?? Number.NaN) / value)))),
  };
}

const inOrder = (values: readonly number[]) => values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);

function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

/** Four figures are more than any run repeats. */
const rounded = (value: number) => Number(value.toPrecision(4));
