import { disposeSymbol } from '../../src/core/disposer.js';
import type { Readings, RunContext } from '../harness/bench.js';
import type { Contender } from './contenders.js';
import type { Cached, Loops } from './loops.js';
import { seeded, zipfian } from './traces/random.js';

/** Operations of a pass: enough to turn a full cache over several times, so that no work that comes in bursts is left out. */
const OPERATIONS = 50_000;
const TURNS = 10;
/** Passes go on for so long, but are so many at least. */
const PASSES_MS = 60;
const QUICK_PASSES_MS = 30;
const FEWEST_PASSES = 2;

/** A kind of use: which keys are there before, and which are used how. */
export interface Workload {
  readonly loop: keyof Loops;
  /** Whether every pass has strings of its own, that were never used. */
  readonly fresh?: boolean;
  /** `written` are the strings that the cache was filled with. */
  keys(maxSize: number, operations: number, pass: number, written: readonly string[]): readonly string[];
}

const keyOf = (prefix: string, n: number) => `${prefix}/api/items/${n}`;
const filled = (maxSize: number) => Array.from({ length: maxSize }, (_, n) => keyOf('resident', n));

/** The same string for the same key, as an app holds it. */
function pick(pool: readonly string[], count: number, next: (n: number) => number): string[] {
  return Array.from({ length: count }, (_, n) => pool[next(n)] ?? '');
}

const hits = (maxSize: number, operations: number, pass: number) => {
  const random = seeded(pass + 1);
  return pick(filled(maxSize), operations, () => Math.floor(random() * maxSize));
};

const hitsOfHeld: Workload['keys'] = (maxSize, operations, pass, written) => {
  const random = seeded(pass + 1);
  return pick(written, operations, () => Math.floor(random() * maxSize));
};

const misses = (maxSize: number, operations: number, pass: number) => {
  const pool = Array.from({ length: maxSize }, (_, n) => keyOf('absent', n));
  const random = seeded(pass + 2);
  return pick(pool, operations, () => Math.floor(random() * maxSize));
};

const zipfianMix = (maxSize: number, operations: number, pass: number) => {
  const pool = Array.from({ length: 10 * maxSize }, (_, n) => keyOf('zipf', n));
  const rank = zipfian(pool.length, 1, seeded(pass + 3));
  return pick(pool, operations, () => (rank() * 7_919) % pool.length);
};

/** The same with a new string for each use, as where a key is put together from a path and its parameters. */
const builtAnew =
  (keys: Workload['keys']): Workload['keys'] =>
  (maxSize, operations, pass, written) =>
    keys(maxSize, operations, pass, written).map((key) =>
      keyOf(key.slice(0, key.indexOf('/')), Number(key.slice(key.lastIndexOf('/') + 1))),
    );

export const WORKLOADS: Readonly<Record<string, Workload>> = {
  hits: { loop: 'read', keys: hits },
  'hits, by the strings that were set': { loop: 'read', keys: hitsOfHeld },
  misses: { loop: 'read', keys: misses },
  'evicting sets': {
    loop: 'write',
    fresh: true,
    keys: (_maxSize, operations, pass) => Array.from({ length: operations }, (_, n) => keyOf(`new${pass}`, n)),
  },
  'zipfian mix': { loop: 'mix', keys: zipfianMix },
  'hits, keys built anew': { loop: 'read', fresh: true, keys: builtAnew(hits) },
  'misses, keys built anew': { loop: 'read', fresh: true, keys: builtAnew(misses) },
  'zipfian mix, keys built anew': { loop: 'mix', fresh: true, keys: builtAnew(zipfianMix) },
};

/** What was returned by the last loop, so that no engine can leave a loop out. */
let last = 0;

/**
 * Million operations a second: the best of some short passes over one full cache, after one that warms up. What else runs
 * on the machine can only slow a pass down, so that the best tells most of the code. The same for every variant; the harness
 * compares each with those that ran just before and after.
 */
export function runSpeed(
  { make, loops }: Contender,
  { loop, keys, fresh }: Workload,
  maxSize: number,
  { quick }: RunContext,
): Readings {
  const cache = make(maxSize);
  const operations = Math.max(OPERATIONS, TURNS * maxSize);
  const written = filled(maxSize);
  let ours = keys(maxSize, operations, 0, written);
  loops.write(cache, written);
  last += loops[loop](cache, ours);
  let left = quick ? QUICK_PASSES_MS : PASSES_MS;
  let best = Number.POSITIVE_INFINITY;
  for (let pass = 1; pass <= FEWEST_PASSES || left > 0; pass++) {
    if (fresh) ours = keys(maxSize, operations, pass, written);
    const startedAt = performance.now();
    last += loops[loop](cache, ours);
    const took = performance.now() - startedAt;
    left -= took;
    best = Math.min(best, took);
  }
  end(cache);
  if (!Number.isFinite(last)) throw new Error('the loops gave no number');
  return { speed: operations / best / 1_000 };
}

function end(cache: Cached): void {
  const dispose: unknown = Reflect.get(cache, disposeSymbol);
  if (typeof dispose === 'function') Reflect.apply(dispose, cache, []);
}
