import { asyncDisposeSymbol } from '../src/core/index.js';
import { type LogQuery, LogRotator } from '../src/logs/index.js';
import type { Bench, BenchCase, Metric, Readings, RunContext, Variant } from './harness/bench.js';
import { dexie } from './logs/dexie.js';
import { accessEntries, type Entry, withBodies } from './logs/entries.js';
import { idb } from './logs/idb.js';
import { localForage } from './logs/localforage.js';
import { deleteDatabase, type Log, type OpenLog, ROTATED } from './logs/log.js';
import { poise } from './logs/poise.js';

const COUNT = 50_000;
const ONE_BY_ONE = 2_000;
const WARM_UP = 20_000;
const WITH_BODIES = 4_000;
const NEWEST = 200;

const DEXIE = 'Dexie bulkAdd';
const LOGS: Readonly<Record<string, OpenLog>> = {
  poise,
  'idb, batches of 100': idb(100),
  [DEXIE]: dexie,
  'localForage, arrays of 1,000': localForage,
};
const PEERS = Object.keys(LOGS).filter((name) => name !== 'poise');

let made: Promise<Entry[]> | undefined;
const entriesFor = (count: number): Promise<Entry[]> => {
  made ??= accessEntries(COUNT);
  return made.then((entries) => entries.slice(0, count));
};

async function using<Result>(open: OpenLog, use: (log: Log) => Promise<Result>): Promise<Result> {
  const log = await open(`bench-${crypto.randomUUID()}`);
  try {
    return await use(log);
  } finally {
    await log.remove();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Long enough for the browser to have done what it puts off. */
const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const write =
  (open: OpenLog, asked: number): Variant =>
  async ({ host, quick }: RunContext): Promise<Readings> => {
    const entries = await entriesFor(quick ? asked / 10 : asked);
    return await using(open, async (log) => {
      // A client that has been busy for a while: its code is compiled.
      await log.write(entries.slice(0, Math.min(WARM_UP, asked / 2)));
      await rest(200);
      const before = await host.mainThreadMs();
      const ms = await timed(() => log.write(entries));
      const busyMs = (await host.mainThreadMs()) - before;
      return {
        rate: entries.length / (ms / 1_000),
        cost: (busyMs * 10_000) / entries.length,
        perMs: entries.length / busyMs,
      };
    });
  };

/** What the browser says that its databases take; it tells some time after the last write. */
async function usage(): Promise<number> {
  await rest(1_000);
  const estimate = await navigator.storage.estimate();
  const details: unknown = Reflect.get(estimate, 'usageDetails');
  return typeof details === 'object' && details !== null ? Number(Reflect.get(details, 'indexedDB') ?? 0) : Number.NaN;
}

const size =
  (open: OpenLog): Variant =>
  async ({ quick }): Promise<Readings> => {
    const entries = await entriesFor(quick ? 10_000 : COUNT);
    const before = await usage();
    return await using(open, async (log) => {
      await log.write(entries);
      await log.settle();
      return { bytes: ((await usage()) - before) / entries.length };
    });
  };

const read =
  (open: OpenLog): Variant =>
  async (): Promise<Readings> => {
    const entries = await entriesFor(COUNT);
    return await using(open, async (log) => {
      await log.write(entries);
      const times: number[] = [];
      for (let n = 0; n < 9; n++) {
        times.push(
          await timed(async () => {
            if ((await log.newest(NEWEST)).length !== NEWEST) throw new Error('others than asked for');
          }),
        );
      }
      await log.prepareRotation?.(entries.slice(0, ROTATED));
      times.sort((a, b) => a - b);
      return { newest: times[4] ?? Number.NaN, rotate: await timed(() => log.rotateAway()) };
    });
  };

/** The longest time that the page could not do anything else, seen by a task that is always waiting for its turn. */
async function longestGap(work: () => Promise<unknown>): Promise<number> {
  const { port1, port2 } = new MessageChannel();
  let longest = 0;
  let last = performance.now();
  port1.onmessage = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    port2.postMessage(undefined);
  };
  port2.postMessage(undefined);
  await work();
  port1.close();
  return longest;
}

const bodies =
  (open: OpenLog): Variant =>
  async ({ quick }): Promise<Readings> => {
    const entries = withBodies(await entriesFor(quick ? 500 : WITH_BODIES));
    return await using(open, async (log) => {
      await log.write(entries.slice(0, 10));
      await rest(200);
      let ms = 0;
      const task = await longestGap(async () => {
        // A busy feed: a few hundred at a time.
        for (let at = 0; at < entries.length; at += 100)
          ms += await timed(() => log.write(entries.slice(at, at + 100)));
      });
      return { task, rate: entries.length / (ms / 1_000) };
    });
  };

const MANY = 100_000;
const MINUTE_MS = 60_000;

/** What the page's own heap holds after a collection; NaN where the browser was not started to tell. */
function heapMb(): number {
  const collect: unknown = Reflect.get(globalThis, 'gc');
  if (typeof collect !== 'function') return Number.NaN;
  collect();
  const memory: unknown = Reflect.get(performance, 'memory');
  const used = typeof memory === 'object' && memory !== null ? Reflect.get(memory, 'usedJSHeapSize') : undefined;
  return typeof used === 'number' ? used / 1_000_000 : Number.NaN;
}

/** A long log, compressed, as the next page finds it. */
const long: Variant = async ({ quick }): Promise<Readings> => {
  const laps = quick ? 1 : MANY / COUNT;
  const name = `bench-${crypto.randomUUID()}`;
  const config = { name, maxCount: ROTATED, maxFiles: 100, timeField: 'time' };
  const writer = new LogRotator<Entry>(config);
  const base = await entriesFor(COUNT);
  const first = base[0]?.time ?? 0;
  for (let lap = 0; lap < laps; lap++) {
    for (const entry of base) writer.addEntry({ ...entry, time: entry.time + lap * 10 * 86_400_000 });
    await writer.flush();
  }
  await writer.rotate();
  await writer[asyncDisposeSymbol]();
  const log = new LogRotator<Entry>(config);
  const count = async (query: LogQuery<Entry>) => {
    let found = 0;
    for await (const _ of log.query(query)) found++;
    return found;
  };
  try {
    const newest = await timed(async () => {
      if ((await count({ order: 'newest-first', limit: NEWEST })) !== NEWEST) throw new Error('too few');
    });
    // In the middle of the log, where nothing is at hand.
    const since = first + 86_400_000 * 2;
    const minute = await timed(() => count({ since, until: since + MINUTE_MS }));
    const before = heapMb();
    let most = 0;
    let bytes = 0;
    const exported = await timed(async () => {
      let last = 0;
      for await (const chunk of readChunks(log.export('ndjson'))) {
        bytes += chunk.byteLength;
        if (bytes - last < 2_000_000) continue;
        last = bytes;
        most = Math.max(most, heapMb() - before);
      }
    });
    return { newest, minute, exported, bytes: bytes / 1_000_000, heap: most };
  } finally {
    await log[asyncDisposeSymbol]();
    await deleteDatabase(`poise-logs:${name}`);
  }
};

async function* readChunks(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
}

const WRITE_METRICS: readonly Metric[] = [
  { name: 'rate', unit: 'entries/s', better: 'higher' },
  { name: 'cost', unit: 'main-thread ms per 10,000', better: 'lower' },
  { name: 'perMs', unit: 'entries per main-thread ms', better: 'higher' },
];

const each = (make: (open: OpenLog) => Variant): Record<string, Variant> =>
  Object.fromEntries(Object.entries(LOGS).map(([name, open]) => [name, make(open)]));

const cases: readonly BenchCase[] = [
  {
    name: '50,000 entries of the access log',
    metrics: WRITE_METRICS,
    variants: {
      ...each((open) => write(open, COUNT)),
      'idb, one a transaction (2,000)': write(idb(1), ONE_BY_ONE),
    },
    bars: [
      { metric: 'rate', atLeast: 400_000 },
      { metric: 'perMs', atLeastTimes: 30, of: DEXIE },
      { noPeerBetterOn: ['perMs'], peers: PEERS },
    ],
  },
  {
    name: 'bytes kept of 50,000 entries',
    metrics: [{ name: 'bytes', unit: 'bytes an entry', better: 'lower' }],
    variants: each(size),
    bars: PEERS.map((of) => ({ metric: 'bytes', atMostTimes: 0.4, of })),
  },
  {
    name: 'reading and rotating 50,000 entries',
    metrics: [
      { name: 'newest', unit: 'ms for the newest 200', better: 'lower' },
      { name: 'rotate', unit: 'ms to let the oldest 10,000 go', better: 'lower' },
    ],
    variants: each(read),
    bars: [
      { noPeerBetterOn: ['newest'], peers: PEERS },
      { noPeerBetterOn: ['rotate'], peers: PEERS },
    ],
  },
  {
    name: 'bodies of 5 KB',
    metrics: [
      { name: 'task', unit: 'ms, the longest', better: 'lower' },
      { name: 'rate', unit: 'entries/s', better: 'higher' },
    ],
    variants: each(bodies),
    bars: [{ metric: 'task', atMost: 10 }],
  },
  {
    name: '100,000 entries, compressed, as the next page finds them',
    metrics: [
      { name: 'newest', unit: 'ms for the newest 200', better: 'lower' },
      { name: 'minute', unit: 'ms for one minute', better: 'lower' },
      { name: 'exported', unit: 'ms to export all', better: 'lower' },
      { name: 'bytes', unit: 'MB exported', better: 'higher' },
      { name: 'heap', unit: 'MB of heap more, at the most, while exporting', better: 'lower' },
    ],
    variants: { poise: long },
    // Flat: what is exported is several times as much.
    bars: [{ metric: 'heap', atMost: 10 }],
  },
];

const bench: Bench = { isolation: 'page', cases };
export default bench;
