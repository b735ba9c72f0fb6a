import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchOutline, Metric } from './bench.js';
import type { Runs } from './rounds.js';

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
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
      const spreads = benchCase.variants.map((variant): [string, Spread] => {
        const readings = runs.get(benchCase.name)?.get(variant) ?? [];
        return [variant, spreadOf(readings.map((reading) => reading[metric.name] ?? Number.NaN))];
      });
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

function spreadOf(values: readonly number[]): Spread {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
  return { median: rounded(median), min: rounded(sorted[0] ?? Number.NaN), max: rounded(sorted.at(-1) ?? Number.NaN) };
}

/** Four figures are more than any run repeats. */
const rounded = (value: number) => Number(value.toPrecision(4));
