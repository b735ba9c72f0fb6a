import type { Bar, Bench, BenchCase, Variant } from './harness/bench.js';
import { LEAKING, ONE_MB_A_MINUTE } from './leaks/leaking.js';
import { play, type Source } from './leaks/play.js';
import { samplingCase } from './leaks/sampling-cost.js';
import type { Scenario } from './leaks/scenario.js';
import { JUDGES, type Judge, type Run, score, toldAt } from './leaks/score.js';
import { STAYING } from './leaks/staying.js';
import { trackCase } from './leaks/track-cost.js';

const SOURCES: readonly Source[] = ['performance.memory', 'isolated'];

/** The detectors were tuned on the first seeds (`--quick`); what is kept was played on seeds they had never seen. */
const TRAINING_SEED = 1;
const TEST_SEED = 10_001;

/** Every run of this page, which is of one case. */
const runs: Readonly<Record<Source, Map<string, Promise<Run>>>> = {
  'performance.memory': new Map(),
  isolated: new Map(),
};

/** Each round plays a scenario with a seed of its own, once for all who judge it. */
function runOf(scenario: Scenario, source: Source, round: number, quick: boolean): Promise<Run> {
  const seed = (quick ? TRAINING_SEED : TEST_SEED) + round;
  const key = `${scenario.name} ${seed}`;
  const known = runs[source].get(key);
  if (known) return known;
  const run = play(scenario, source, seed).then((told) => ({ scenario, told }));
  runs[source].set(key, run);
  return run;
}

function scenarioVariant(scenario: Scenario, source: Source, judge: Judge): Variant {
  let round = 0;
  return async ({ quick }) => {
    const at = toldAt(await runOf(scenario, source, round++, quick), judge);
    return { told: at === undefined ? 0 : 1, after: at ?? Number.NaN };
  };
}

/** 'poise' is all detectors on a page that is not isolated; the others are named after what they leave out. */
const variantName = (source: Source, judge: Judge): string =>
  [judge === 'together' ? 'poise' : judge, ...(source === 'isolated' ? ['isolated'] : [])].join(', ');

function variantsOf(make: (source: Source, judge: Judge) => Variant): Record<string, Variant> {
  const pairs = SOURCES.flatMap((source) =>
    JUDGES.map((judge): [string, Variant] => [variantName(source, judge), make(source, judge)]),
  );
  return Object.fromEntries(pairs);
}

function scenarioCase(scenario: Scenario): BenchCase {
  const bars: Bar[] = scenario.name === ONE_MB_A_MINUTE ? [{ metric: 'after', atMost: 180 }] : [];
  return {
    name: `${scenario.leaks ? 'leaks' : 'stays'}: ${scenario.name}`,
    metrics: [
      { name: 'told', unit: 'share of runs', better: scenario.leaks ? 'higher' : 'lower' },
      { name: 'after', unit: 'page seconds', better: 'lower' },
    ],
    variants: variantsOf((source, judge) => scenarioVariant(scenario, source, judge)),
    bars,
  };
}

/** Of all scenarios in all rounds until now. */
function scoreVariant(source: Source, judge: Judge): Variant {
  let round = 0;
  return async ({ quick }) => {
    for (const scenario of [...LEAKING, ...STAYING]) await runOf(scenario, source, round, quick);
    round++;
    return { ...score(await Promise.all(runs[source].values()), judge) };
  };
}

const scores: BenchCase = {
  name: 'all scenarios',
  metrics: [
    { name: 'precision', unit: 'share', better: 'higher' },
    { name: 'recall', unit: 'share', better: 'higher' },
    { name: 'timeToDetect', unit: 'page seconds', better: 'lower' },
  ],
  variants: variantsOf(scoreVariant),
  bars: [
    { metric: 'precision', atLeast: 0.95 },
    { metric: 'recall', atLeast: 0.95 },
  ],
};

const bench: Bench = {
  isolation: 'case',
  cases: [...LEAKING.map(scenarioCase), ...STAYING.map(scenarioCase), scores, trackCase, samplingCase],
};
export default bench;
