import { detectEnvironment, disposeSymbol, type Environment } from '../../src/core/index.js';
import { MemoryOptimizer } from '../../src/memory/index.js';
import type { BenchCase, Host, Variant } from '../harness/bench.js';

/** Read so much more often than by default, so that the cost stands out of the noise. */
const INTERVAL_MS = 5;
const DEFAULT_INTERVAL_MS = 1_000;
const LASTS_MS = 4_000;
const QUICK_MS = 1_500;
const OBJECTS = 5_000;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Main-thread milliseconds of a page that does nothing else, while `run` is on. */
async function busyMs(host: Host, lastsMs: number): Promise<number> {
  const before = await host.mainThreadMs();
  await wait(lastsMs);
  return (await host.mainThreadMs()) - before;
}

const poise: Variant = async ({ host, quick }) => {
  const lastsMs = quick ? QUICK_MS : LASTS_MS;
  const environment: Environment = { ...detectEnvironment(), crossOriginIsolated: false };
  const optimizer = new MemoryOptimizer({ intervalMs: INTERVAL_MS }, { environment });
  const objects = Array.from({ length: OBJECTS }, (_, n) => ({ n }));
  for (const { n } of objects) optimizer.markOperation('bench', `operation ${n % 50}`);
  for (const object of objects) optimizer.track(object, `Component ${object.n % 50}`);
  const idleMs = await busyMs(host, lastsMs);
  optimizer.start();
  const withMs = await busyMs(host, lastsMs);
  optimizer[disposeSymbol]();
  const aReadingMs = ((withMs - idleMs) / lastsMs) * INTERVAL_MS;
  return { share: (aReadingMs / DEFAULT_INTERVAL_MS) * 100 };
};

export const samplingCase: BenchCase = {
  name: 'sampling once a second, 50 components and 50 operations',
  metrics: [{ name: 'share', unit: '% of the main thread', better: 'lower' }],
  variants: { poise },
  bars: [{ metric: 'share', atMost: 0.1 }],
};
