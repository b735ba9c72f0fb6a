import type { Bench, BenchCase, Metric } from './harness/bench.js';
import { addsAtLimits, LIMITS, nameOf } from './memory/run-adds.js';
import { arrayShift, arraySplice, mapFirstKey, mapKeptIterator, poise, tanstackDb } from './memory/stores.js';
import { encodeSliceDecode, poiseTruncate, TEXTS } from './memory/truncate.js';

const METRICS: readonly Metric[] = [
  ...LIMITS.map((limit): Metric => ({ name: nameOf(limit), unit: 'ns an add', better: 'lower' })),
  { name: 'growth', unit: 'times, 1,000,000 to 1,000', better: 'lower' },
  ...LIMITS.map((limit): Metric => ({ name: `longest 100 ${nameOf(limit)}`, unit: 'ms', better: 'lower' })),
];
const ITERATOR = 'Map, kept iterator';
const FIRST_KEY = 'Map, keys().next()';
/** Takes seconds for each thousand adds; its largest limit is what its filling can be waited for. */
const TANSTACK_LIMITS = [1_000];

const addCases: readonly BenchCase[] = [
  {
    name: 'add at the limit',
    metrics: METRICS,
    variants: {
      poise: addsAtLimits(poise),
      'array, shift': addsAtLimits(arrayShift),
      'array, splice': addsAtLimits(arraySplice),
      [FIRST_KEY]: addsAtLimits(mapFirstKey),
      [ITERATOR]: addsAtLimits(mapKeptIterator),
      'tanstack db': addsAtLimits(tanstackDb, { limits: TANSTACK_LIMITS }),
    },
    bars: [
      { metric: 'growth', atMost: 1.5 },
      {
        noPeerBetterOn: [nameOf(1_000_000)],
        peers: ['array, shift', 'array, splice', FIRST_KEY, ITERATOR, 'tanstack db'],
      },
    ],
  },
  {
    name: 'add of new entries at the limit, with their garbage',
    metrics: METRICS,
    variants: {
      poise: addsAtLimits(poise, { fresh: true }),
      [ITERATOR]: addsAtLimits(mapKeptIterator, { fresh: true }),
    },
    bars: [{ noPeerBetterOn: [nameOf(1_000_000)], peers: [ITERATOR] }],
  },
];

const truncateCases: readonly BenchCase[] = Object.entries(TEXTS).map(([name, text]) => ({
  name: `cut 1 MB of ${name} to 10 KB`,
  metrics: [{ name: 'cut', unit: 'µs', better: 'lower' }],
  variants: { poise: poiseTruncate(text), 'encode, slice, decode': encodeSliceDecode(text) },
  bars: [{ noPeerBetterOn: ['cut'], peers: ['encode, slice, decode'] }],
}));

const bench: Bench = { isolation: 'page', cases: [...addCases, ...truncateCases] };
export default bench;
