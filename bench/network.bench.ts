import type { Bar, Bench, RunContext, Variant } from './harness/bench.js';
import type { StartCapture } from './network/capture.js';

const PEERS = ['@grafana/faro-web-sdk', '@datadog/browser-rum', '@sentry/browser'];
const AT_ONCE = 8;
/** What a tool does after the last request, as sending its last batch, counts as well. */
const SETTLE_MS = 2_500;

/** So many small responses, eight at a time, each read to its end. */
async function fetchAll(count: number): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const response = await fetch(`/index.html?n=${next++ % 500}`, { cache: 'no-store' });
      await response.text();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

/** Microseconds of the main thread's processor time a request. */
async function costOf(count: number, { host }: RunContext): Promise<number> {
  const before = await host.mainThreadCpuMs();
  await fetchAll(count);
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  return (((await host.mainThreadCpuMs()) - before) / count) * 1_000;
}

/** The same requests in one page before the tool begins and after, so that what it adds is known of each page. */
const capturing =
  (load: () => Promise<StartCapture | undefined>): Variant =>
  async (context) => {
    const { host, quick } = context;
    const count = quick ? 500 : 2_000;
    const start = await load();
    await fetchAll(quick ? 500 : 2_000);
    const plain = await costOf(count, context);
    const heapBefore = await host.heapBytes();
    const capture = start?.();
    const cpu = await costOf(count, context);
    const kept = (await host.heapBytes()) - heapBefore;
    const seen = capture?.seen?.() ?? count;
    if (seen < count) throw new Error(`only ${seen} of ${count} requests were captured`);
    return { added: cpu - plain, cpu, kept: kept / 1_000 };
  };

const third = (metric: string): Bar[] => PEERS.map((of) => ({ metric, atMostTimes: 1 / 3, of }));

const bench: Bench = {
  isolation: 'page',
  cases: [
    {
      name: '2,000 fetches, eight at a time',
      metrics: [
        { name: 'added', unit: 'µs a request, over the same page before', better: 'lower' },
        { name: 'cpu', unit: 'µs a request, in all', better: 'lower' },
        { name: 'kept', unit: 'kB of heap afterwards', better: 'lower' },
      ],
      variants: {
        poise: capturing(async () => (await import('./network/poise.js')).poise),
        nothing: capturing(async () => undefined),
        'poise, into the log': capturing(async () => (await import('./network/poise.js')).poiseToLog),
        '@grafana/faro-web-sdk': capturing(async () => (await import('./network/faro.js')).faro),
        '@datadog/browser-rum': capturing(async () => (await import('./network/datadog.js')).datadog),
        '@sentry/browser': capturing(async () => (await import('./network/sentry.js')).sentry),
      },
      bars: [...third('added'), ...third('kept')],
    },
  ],
};

export default bench;
