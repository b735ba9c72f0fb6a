import type { BrowserContext } from 'playwright';
import type { BenchOutline, Readings } from './bench.js';
import { type BenchTab, openTab } from './bench-tab.js';

export interface RoundOptions {
  readonly rounds: number;
  readonly quick: boolean;
  /** Called before each run, for a line of progress. */
  readonly onRun: (round: number, caseName: string, variant: string) => void;
}

/** Every run of a benchmark: by case, by variant, one entry a round. */
export type Runs = Map<string, Map<string, Readings[]>>;

/** Runs every variant of a case once a round, each round starting at another variant, so that none always goes first. */
export async function runRounds(
  context: BrowserContext,
  url: string,
  outline: BenchOutline,
  options: RoundOptions,
): Promise<Runs> {
  const runs: Runs = new Map();
  for (const benchCase of outline.cases) {
    const shared = outline.isolation === 'case' ? await openTab(context, url) : undefined;
    try {
      const runOne: RunOne = (name, variant) =>
        withTab(shared, context, url, (tab) => tab.run(name, variant, options.quick));
      runs.set(benchCase.name, await runCase(benchCase, runOne, options));
    } finally {
      await shared?.close();
    }
  }
  return runs;
}

type RunOne = (caseName: string, variant: string) => Promise<Readings>;

async function runCase(
  { name, variants, together }: BenchOutline['cases'][number],
  runOne: RunOne,
  { rounds, onRun }: RoundOptions,
): Promise<Map<string, Readings[]>> {
  const byVariant = new Map(variants.map((variant): [string, Readings[]] => [variant, []]));
  for (let round = 0; round < rounds; round++) {
    const run = async (variant: string) => {
      onRun(round, name, variant);
      byVariant.get(variant)?.push(await runOne(name, variant));
    };
    const ordered = orderOf(variants, round);
    if (together) await Promise.all(ordered.map(run));
    else for (const variant of ordered) await run(variant);
  }
  return byVariant;
}

/** Rotated by the round, and backwards in every second one, so that neighbours change as well. */
function orderOf(variants: readonly string[], round: number): string[] {
  const at = (round * 2) % variants.length;
  const rotated = [...variants.slice(at), ...variants.slice(0, at)];
  return round % 2 === 0 ? rotated : rotated.reverse();
}

async function withTab<T>(
  shared: BenchTab | undefined,
  context: BrowserContext,
  url: string,
  use: (tab: BenchTab) => Promise<T>,
): Promise<T> {
  if (shared) return await use(shared);
  const tab = await openTab(context, url);
  try {
    return await use(tab);
  } finally {
    await tab.close();
  }
}
