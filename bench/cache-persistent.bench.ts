import { items, shuffled } from './cache-persistent/entries.js';
import { idbKeyval } from './cache-persistent/idb-keyval.js';
import { localForage } from './cache-persistent/localforage.js';
import { poise } from './cache-persistent/poise.js';
import type { OpenStore, Store } from './cache-persistent/store.js';
import type { Bench, BenchCase, Metric, Readings, RunContext, Variant } from './harness/bench.js';

const COUNT = 10_000;
const ONE_BY_ONE = 1_000;
const STORED = 5_000;
const READ = 1_000;
const SINGLE = 200;

const SET = 'idb-keyval set, one at a time';
const SET_MANY = 'idb-keyval setMany';
const GET_MANY = 'idb-keyval getMany';
const LOCAL_FORAGE = 'localForage';

async function using<Result>(open: OpenStore, use: (store: Store) => Promise<Result>): Promise<Result> {
  const name = `bench-${crypto.randomUUID()}`;
  const store = await open(name);
  try {
    return await use(store);
  } finally {
    await store.remove();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

const write =
  (open: OpenStore, asked: number): Variant =>
  async ({ host, quick }: RunContext): Promise<Readings> => {
    const entries = items(quick ? asked / 2 : asked);
    return await using(open, async (store) => {
      // A client that has been busy for a while: its code is compiled.
      await store.write(items(asked / 10));
      const before = await host.mainThreadMs();
      const ms = await timed(() => store.write(entries));
      const busyMs = (await host.mainThreadMs()) - before;
      return { rate: entries.length / (ms / 1_000), cost: (busyMs * 10_000) / entries.length };
    });
  };

/** @param keys Which of what is stored are read */
const read =
  (open: OpenStore, keys: readonly string[]): Variant =>
  async (): Promise<Readings> =>
    await using(open, async (store) => {
      await store.write(items(STORED));
      await store.reopen();
      const times: number[] = [];
      for (let n = 0; n < 7; n++) {
        times.push(
          await timed(async () => {
            const found = await store.read(keys);
            if (found.length !== keys.length || found.includes(undefined)) throw new Error('others than asked for');
          }),
        );
      }
      times.sort((a, b) => a - b);
      const one = await timed(async () => {
        for (const key of keys.slice(0, SINGLE)) await store.readOne(key);
      });
      return { many: times[3] ?? Number.NaN, one: one / SINGLE };
    });

const WRITE_METRICS: readonly Metric[] = [
  { name: 'rate', unit: 'durable writes/s', better: 'higher' },
  { name: 'cost', unit: 'main-thread ms per 10,000', better: 'lower' },
];
const READ_METRICS: readonly Metric[] = [
  { name: 'many', unit: `ms for ${READ} at once`, better: 'lower' },
  { name: 'one', unit: 'ms for one, awaited one after another', better: 'lower' },
];

const names = items(STORED).map(([key]) => key);
const readCase = (name: string, keys: readonly string[]): BenchCase => ({
  name,
  metrics: READ_METRICS,
  variants: {
    poise: read(poise, keys),
    [GET_MANY]: read(idbKeyval('setMany'), keys),
    [LOCAL_FORAGE]: read(localForage, keys),
  },
  bars: [{ metric: 'many', atMostTimes: 1, of: GET_MANY }],
});

const cases: readonly BenchCase[] = [
  {
    name: 'durable writes',
    metrics: WRITE_METRICS,
    variants: {
      poise: write(poise, COUNT),
      [SET]: write(idbKeyval('set'), ONE_BY_ONE),
      [SET_MANY]: write(idbKeyval('setMany'), COUNT),
      [LOCAL_FORAGE]: write(localForage, ONE_BY_ONE),
    },
    bars: [
      { metric: 'rate', atLeastTimes: 8, of: SET },
      { noPeerBetterOn: ['rate', 'cost'], peers: [SET_MANY, LOCAL_FORAGE] },
    ],
  },
  readCase('reading 1,000 of 5,000 that were written together', names.slice(3_000, 3_000 + READ)),
  readCase('reading any 1,000 of 5,000', shuffled(names).slice(0, READ)),
];

const bench: Bench = { isolation: 'page', cases };
export default bench;
