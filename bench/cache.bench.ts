import { ADAPTIVE, BARE_LRU, type Contender, LRU, OTHERS, PEERS } from './cache/contenders.js';
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

/**
 * `poise` is the policy lru, as that is what the peers do. The other policies come in cases of their own, at the end: an app
 * has one policy or two, and code that four of them went through in the same page is compiled for all four, as no peer's is.
 */
const lruCases = SIZES.flatMap((maxSize) =>
  Object.entries(WORKLOADS).map(([kind, workload]) =>
    speedCase(
      `${kind} at ${maxSize.toLocaleString('en')}`,
      workload,
      maxSize,
      { poise: LRU, 'poise adaptive': ADAPTIVE, ...PEERS, 'a bare LRU': BARE_LRU },
      NO_SLOWER,
    ),
  ),
);

const adaptiveCases = SIZES.flatMap((maxSize) => {
  const workload = WORKLOADS['zipfian mix'];
  const peer = PEERS['lru-cache'];
  if (!workload || !peer) return [];
  const name = `adaptive: zipfian mix at ${maxSize.toLocaleString('en')}`;
  const bars: Bar[] = [{ metric: 'speed', atLeastTimes: 1, of: 'lru-cache' }];
  return [speedCase(name, workload, maxSize, { poise: ADAPTIVE, 'lru-cache': peer }, bars)];
});

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

const bench: Bench = { isolation: 'page', cases: [...lruCases, ...adaptiveCases, ...otherCases, ratioCase] };

export default bench;
