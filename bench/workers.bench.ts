import type { Bar, Bench, BenchCase, Readings, RunContext, Variant } from './harness/bench.js';
import { comlink } from './workers/comlink.js';
import type { Open, Opened } from './workers/peer.js';
import { poise, poiseRun } from './workers/poise.js';
import { threads } from './workers/threads.js';
import { workerpool } from './workers/workerpool.js';

const PEERS = { workerpool, threads, comlink };
const TEN_MB = 10 * 1_048_576;

/** Opens workers, waits until they have answered, measures, and ends them. */
const warm =
  (open: Open, size: number, measure: (opened: Opened, context: RunContext) => Promise<Readings>): Variant =>
  async (context) => {
    const opened = await open(size);
    await opened.many(200, 0.1);
    for (let n = 0; n < 200; n++) await opened.echo(n);
    try {
      return await measure(opened, context);
    } finally {
      await opened.close();
    }
  };

async function roundTrip(opened: Opened, { quick }: RunContext): Promise<Readings> {
  const count = quick ? 1_000 : 20_000;
  const startedAt = performance.now();
  for (let n = 0; n < count; n++) if ((await opened.echo(n)) !== n) throw new Error('another echo');
  return { time: ((performance.now() - startedAt) / count) * 1_000 };
}

const tasks =
  (count: number, ms: number) =>
  async (opened: Opened, { quick }: RunContext): Promise<Readings> => {
    const asked = quick ? count / 10 : count;
    const startedAt = performance.now();
    if ((await opened.many(asked, ms)) !== asked) throw new Error('not all were answered');
    return { time: performance.now() - startedAt };
  };

async function transferred(opened: Opened, { quick }: RunContext): Promise<Readings> {
  const count = quick ? 500 : 10_000;
  let buffer = new ArrayBuffer(TEN_MB);
  for (let n = 0; n < 20; n++) buffer = await opened.move(buffer);
  const startedAt = performance.now();
  for (let n = 0; n < count; n++) buffer = await opened.move(buffer);
  const time = ((performance.now() - startedAt) / count) * 1_000;
  if (buffer.byteLength !== TEN_MB || new Uint8Array(buffer)[0] !== (count + 20) % 256)
    throw new Error('another buffer');
  return { time };
}

/** From nothing to the first result, the best of what a page would see: the file is in the browser's cache. */
const startUp =
  (open: Open): Variant =>
  async ({ quick }) => {
    const times: number[] = [];
    for (let n = 0; n < (quick ? 5 : 15); n++) {
      const startedAt = performance.now();
      const opened = await open(1);
      await opened.echo(1);
      times.push(performance.now() - startedAt);
      await opened.close();
    }
    return { time: times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN };
  };

const noSlower = (times: number): Bar[] => Object.keys(PEERS).map((of) => ({ metric: 'time', atMostTimes: times, of }));

function caseOf(name: string, unit: string, variant: (open: Open) => Variant, times = 1, calls = false): BenchCase {
  const peers = Object.entries(PEERS).map(([peer, open]): [string, Variant] => [peer, variant(open)]);
  const own: [string, Variant][] = [['poise', variant(poise)]];
  if (calls) own.push(['poise, a run() each', variant(poiseRun)]);
  return {
    name,
    metrics: [{ name: 'time', unit, better: 'lower' }],
    variants: Object.fromEntries([...own, ...peers]),
    bars: noSlower(times),
  };
}

const bench: Bench = {
  isolation: 'page',
  cases: [
    caseOf('round trip', 'µs', (open) => warm(open, 1, roundTrip)),
    caseOf('2,000 tasks of 1 ms', 'ms', (open) => warm(open, 2, tasks(2_000, 1)), 1, true),
    caseOf('100,000 tasks of 10 µs', 'ms', (open) => warm(open, 2, tasks(100_000, 0.01)), 0.25, true),
    caseOf('10 MB moved there and back', 'µs', (open) => warm(open, 1, transferred)),
    caseOf('start-up to the first result', 'ms', startUp),
  ],
};

export default bench;
