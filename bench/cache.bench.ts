import { ADAPTIVE, BARE_LRU, type Contender, LRU, LRU_CACHE, OTHERS, PEERS } from './cache/contenders.js';
import { hitRatios, RATIO_METRICS } from './cache/hit-ratio.js';
import { runSpeed, WORKLOADS, type Workload } from './cache/speed.js';
import type { Bar, Bench, BenchCase, Variant } from './harness/bench.js';

const SPEED = [{ name: 'speed', unit: 'million operations a second', better: 'higher' }] as const;
const SIZES = [1_000, 10_000];

function speedCase(
  name: string,
  workload: Workload,
  maxSize: number,
  contenders: Readonly<Record<string, Contender>>,
  bars: readonly Bar[],
): BenchCase {
  const variants = Object.entries(contenders).map(([variant, contender]): [string, Variant] => [
    variant,
    (context) => runSpeed(contender, workload, maxSize, context),
  ]);
  return { name, metrics: SPEED, variants: Object.fromEntries(variants), bars };
}

const NO_SLOWER = Object.keys(PEERS).map((of): Bar => ({ metric: 'speed', atLeastTimes: 1, of }));

/** The policy lru, as that is what the peers do. */
const lruCases = SIZES.flatMap((maxSize) =>
  Object.entries(WORKLOADS).map(([kind, workload]) =>
    speedCase(
      `${kind} at ${maxSize.toLocaleString('en')}`,
      workload,
      maxSize,
      { poise: LRU, ...PEERS, 'a bare LRU': BARE_LRU },
      NO_SLOWER,
    ),
  ),
);

/** The policy that a cache has by default. */
const adaptiveCases = SIZES.flatMap((maxSize) =>
  Object.entries(WORKLOADS).map(([kind, workload]) =>
    speedCase(
      `adaptive: ${kind} at ${maxSize.toLocaleString('en')}`,
      workload,
      maxSize,
      { poise: ADAPTIVE, 'lru-cache': LRU_CACHE },
      kind.startsWith('zipfian mix') ? [{ metric: 'speed', atLeastTimes: 1, of: 'lru-cache' }] : [],
    ),
  ),
);

const otherCases = SIZES.flatMap((maxSize) =>
  Object.entries(WORKLOADS).map(([kind, workload]) =>
    speedCase(`other policies: ${kind} at ${maxSize.toLocaleString('en')}`, workload, maxSize, OTHERS, []),
  ),
);

/** `poise` is the policy adaptive, which a cache has by default. */
const ratioCase: BenchCase = {
  name: 'hits as a share of the optimum',
  metrics: RATIO_METRICS.map((name) => ({ name, unit: 'share', better: 'higher' })),
  variants: {
    poise: () => hitRatios('adaptive'),
    'poise lru': () => hitRatios('lru'),
    'poise lfu': () => hitRatios('lfu'),
    'poise random': () => hitRatios('random'),
  },
  bars: [{ metric: 'average', atLeast: 0.77 }],
};

/**
 * A case has a page of its own, in which runs take turns: that compares best on a machine whose speed changes. Policies come
 * in cases of their own, as an app has one or two: code that four of them went through is compiled for all four, as no
 * peer's is.
 */
const bench: Bench = {
  isolation: 'case',
  rounds: 21,
  cases: [...lruCases, ...adaptiveCases, ...otherCases, ratioCase],
};

export default bench;
