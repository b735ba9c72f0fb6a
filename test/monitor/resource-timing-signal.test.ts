import { NEVER, type Observable } from 'rxjs';
import { expect, test } from 'vitest';
import { SystemClock } from '../../src/core/clock.js';
import { detectEnvironment } from '../../src/core/index.js';
import { resolvePerformanceConfig } from '../../src/monitor/performance-config.js';
import { type ResourceTimingFigures, ResourceTimingSignal } from '../../src/monitor/signals/resource-timing-signal.js';
import { StorageTraffic } from '../../src/storage/index.js';

const KEPT = 50;

let round = 0;
async function load(): Promise<string> {
  const url = `${new URL(import.meta.url).origin}/?resource=${round++}`;
  await (await fetch(url)).text();
  return url;
}

const context = {
  settings: resolvePerformanceConfig(),
  clock: new SystemClock(),
  environment: detectEnvironment(),
  traffic: new StorageTraffic(),
  listen: <Value>(source: Observable<Value>, take: (value: Value) => void) => source.subscribe(take),
  heap$: NEVER,
  keep: () => undefined,
};

function open() {
  const signal = new ResourceTimingSignal();
  const tell = (): ResourceTimingFigures => {
    const figures: { resourceTiming?: ResourceTimingFigures } = {};
    signal.tell(figures);
    if (!figures.resourceTiming) throw new Error('nothing was told');
    return figures.resourceTiming;
  };
  return { connect: () => signal.connect(context), tell };
}

test('counts each once, also after a restart; the newest are told in the browser’s figures, and read once', async () => {
  const { connect, tell } = open();
  const first = connect();
  const before = await load();
  await expect.poll(() => tell().recent.at(-1)?.url).toBe(before);
  const { count, recent } = tell();
  const [entry] = performance.getEntriesByName(before);
  expect(recent.at(-1)).toMatchObject({ initiatorType: 'fetch', startTime: entry?.startTime });
  expect(recent.at(-1)?.durationMs).toBe(entry?.duration);
  expect(tell().recent.at(-1)).toBe(recent.at(-1));
  first.unsubscribe();

  const again = connect();
  const after = await load();
  await expect.poll(() => tell().recent.at(-1)?.url).toBe(after);
  expect(tell().count).toBe(count + 1);
  for (let n = 0; n <= KEPT; n++) await load();
  await expect.poll(() => tell().count).toBe(count + 1 + KEPT + 1);
  expect(tell().recent).toHaveLength(KEPT);
  expect(tell().recent.map(({ url }) => url)).not.toContain(before);
  again.unsubscribe();
});

test('what was sent is added up', async () => {
  performance.clearResourceTimings();
  const { connect, tell } = open();
  const running = connect();
  const urls = new Set([await load(), await load()]);
  await expect.poll(() => tell().count).toBeGreaterThanOrEqual(2);
  const ours = tell().recent.filter(({ url }) => urls.has(url));
  expect(ours).toHaveLength(2);
  const sum = tell().recent.reduce((bytes, { transferBytes = 0 }) => bytes + transferBytes, 0);
  expect(tell().transferredBytes).toBe(sum);
  expect(tell().unsized).toBe(tell().recent.filter(({ transferBytes }) => transferBytes === undefined).length);
  running.unsubscribe();
});
