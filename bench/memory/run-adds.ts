import { estimateBytes } from '../../src/core/size-estimate.js';
import type { Readings, RunContext, Variant } from '../harness/bench.js';
import { type Entry, makeEntry } from './entries.js';
import type { MakeStore } from './store.js';

/** Adds that are timed together. */
const BATCH = 100;
/** Entries that are added again and again, so that their making, and the garbage of it, is not measured. */
const POOL = 10_000;

export const LIMITS = [1_000, 100_000, 1_000_000];

export const nameOf = (limit: number): string => `at ${limit.toLocaleString('en')}`;

interface Plan {
  /** Adds measured at each limit. */
  readonly adds: number;
  /** What takes longer than this is measured with fewer adds. */
  readonly mostMs: number;
}

/** Fills a store and then adds at the limit; ns an add, and the longest batch in ms. */
function measure(
  make: MakeStore,
  limit: number,
  entryOf: (n: number) => Entry,
  sizeOf: (entry: Entry) => number,
  plan: Plan,
) {
  const store = make(limit, sizeOf);
  // Half as much again: at the limit for a while before the clock runs.
  const warmUp = performance.now() + plan.mostMs;
  for (let n = 0; n < limit * 1.5 + POOL; n++) {
    store.add(entryOf(n));
    if (n > limit && performance.now() > warmUp) break;
  }
  if (typeof gc === 'function') gc();
  const startedAt = performance.now();
  let longest = 0;
  let adds = 0;
  for (let before = startedAt; adds < plan.adds && before - startedAt < plan.mostMs; ) {
    for (let n = 0; n < BATCH; n++) store.add(entryOf(adds + n));
    adds += BATCH;
    const now = performance.now();
    if (now - before > longest) longest = now - before;
    before = now;
  }
  const perAdd = ((performance.now() - startedAt) / adds) * 1e6;
  if (store.size !== limit || store.bytes <= 0) throw new Error(`${store.size} of ${limit} entries are there`);
  store.end();
  return { perAdd, longest };
}

/** Adds entries at each limit in turn. */
export const addsAtLimits =
  (make: MakeStore, { fresh = false, limits = LIMITS } = {}): Variant =>
  ({ quick }: RunContext): Readings => {
    const pool = Array.from({ length: POOL }, (_, n) => makeEntry(n));
    const spare = makeEntry(0);
    const entryOf = fresh ? makeEntry : (n: number) => pool[n % POOL] ?? spare;
    const plan = { adds: quick ? 200_000 : 500_000, mostMs: quick ? 500 : 1_000 };
    const readings: Record<string, number> = {};
    // What is compiled and what is not must not depend on the order.
    measure(make, 1_000, entryOf, estimateBytes, { adds: 100_000, mostMs: 500 });
    for (const limit of limits) {
      const { perAdd, longest } = measure(make, limit, entryOf, estimateBytes, plan);
      readings[nameOf(limit)] = perAdd;
      readings[`longest 100 ${nameOf(limit)}`] = longest;
    }
    const [small = Number.NaN, large = Number.NaN] = [1_000, 1_000_000].map((limit) => readings[nameOf(limit)]);
    return { ...readings, growth: large / small };
  };
