import type { Bench, BenchCase, Host, RunContext, Variant } from './harness/bench.js';
import type { LoadTool } from './overhead/tool.js';
import { offerWork, workInTurns } from './overhead/twin.js';

/** Every tool is a chunk of its own, minified, as an app would have it. */
const TOOLS: Readonly<Record<string, LoadTool>> = {
  poise: () => import('./overhead/poise.js'),
  nothing: () => import('./overhead/nothing.js'),
  'web-vitals': () => import('./overhead/web-vitals.js'),
  '@grafana/faro-web-sdk': () => import('./overhead/faro.js'),
  '@datadog/browser-rum': () => import('./overhead/datadog.js'),
  '@sentry/browser': () => import('./overhead/sentry.js'),
};

/** Until what a start sets off is done. */
const SETTLE_MS = 500;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What the main thread does during something: milliseconds of the thread, and of the clock while it was at work. */
async function costOf({ mainThreadMs, mainThreadCpuMs }: Host, what: () => Promise<unknown>) {
  const before = { ms: await mainThreadMs(), cpu: await mainThreadCpuMs() };
  await what();
  const cpu = (await mainThreadCpuMs()) - before.cpu;
  return { ms: (await mainThreadMs()) - before.ms, cpu };
}

/** From import() to the end of the start, without what asking for the figures costs. */
async function costOfStart({ host }: RunContext, load: LoadTool) {
  const asking = await costOf(host, async () => undefined);
  let evaluateAndInit = Number.NaN;
  const cost = await costOf(host, async () => {
    const tool = await load();
    await tool.start();
    evaluateAndInit = performance.now() - tool.evaluationBegan;
  });
  return { ms: cost.ms - asking.ms, cpu: cost.cpu - asking.cpu, evaluateAndInit };
}

const variantsOf = (run: (context: RunContext, load: LoadTool) => ReturnType<Variant>): Record<string, Variant> =>
  Object.fromEntries(Object.entries(TOOLS).map(([name, load]) => [name, (context) => run(context, load)]));

const starting: BenchCase = {
  name: 'start',
  metrics: [
    { name: 'evaluate and init', unit: 'ms of the clock', better: 'lower' },
    { name: 'main thread', unit: 'ms at work', better: 'lower' },
    { name: 'cpu', unit: 'ms of processor time', better: 'lower' },
    { name: 'next second', unit: 'ms of processor time', better: 'lower' },
    { name: 'heap', unit: 'KB kept', better: 'lower' },
  ],
  variants: variantsOf(async (context, load) => {
    const { host } = context;
    const before = await host.heapBytes();
    const { ms, cpu, evaluateAndInit } = await costOfStart(context, load);
    const next = await costOf(host, () => wait(1_000));
    const heap = ((await host.heapBytes()) - before) / 1_000;
    return { 'evaluate and init': evaluateAndInit, 'main thread': ms, cpu, 'next second': next.cpu, heap };
  }),
  bars: [
    { metric: 'evaluate and init', atMost: 10 },
    { metric: 'heap', atMost: 500 },
  ],
};

const idle: BenchCase = {
  name: 'a page at rest',
  metrics: [
    { name: 'main thread', unit: 'ms in 10 s', better: 'lower' },
    { name: 'cpu', unit: 'ms of processor time in 10 s', better: 'lower' },
    { name: 'added', unit: 'ms in 10 s, over the same page before', better: 'lower' },
  ],
  together: true,
  variants: variantsOf(async ({ host, quick }, load) => {
    const seconds = quick ? 4 : 10;
    const rest = () => costOf(host, () => wait(seconds * 1_000));
    await wait(2_000);
    const before = await rest();
    await (await load()).start();
    await wait(2_000);
    const { ms, cpu } = await rest();
    return { 'main thread': (ms * 10) / seconds, cpu: (cpu * 10) / seconds, added: ((ms - before.ms) * 10) / seconds };
  }),
  bars: [{ metric: 'added', atMost: 2 }],
};

const busy: BenchCase = {
  name: 'a busy page',
  metrics: [
    { name: 'work', unit: 'x that of the same page without it', better: 'lower' },
    { name: 'cpu', unit: 'ms', better: 'lower' },
  ],
  variants: Object.fromEntries(
    Object.keys(TOOLS).map((name): [string, Variant] => [
      name,
      async ({ host, quick }) => {
        const { bare, watched } = await workInTurns(host, name, { turns: quick ? 4 : 20, settleMs: SETTLE_MS });
        return { work: watched / bare, cpu: watched };
      },
    ]),
  ),
  bars: [{ metric: 'work', atMostTimes: 1.03, of: 'nothing' }],
};

offerWork(TOOLS);

const bench: Bench = { isolation: 'page', cases: [starting, idle, busy] };

export default bench;
