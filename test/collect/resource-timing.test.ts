import { expect, test } from 'vitest';
import { observeResourceTiming, type ResourceTiming } from '../../src/collect/index.js';
import { toResourceTiming } from '../../src/collect/resource-timing.js';
import { detectEnvironment } from '../../src/core/index.js';

let round = 0;
const someFile = () => `${new URL('./frame-page.ts', import.meta.url).href.split('?')[0]}?round=${round++}`;

test('what is loaded before and after the subscription is told, and nothing after its end', async () => {
  const [before, during, after] = [someFile(), someFile(), someFile()];
  await (await fetch(before)).text();
  const found = new Map<string, ResourceTiming>();
  const watch = observeResourceTiming().subscribe((timing) => found.set(timing.url, timing));
  await (await fetch(during)).text();
  await expect.poll(() => found.has(before) && found.has(during)).toBe(true);
  watch.unsubscribe();
  await (await fetch(after)).text();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(found.has(after)).toBe(false);
  const timing = found.get(during);
  expect(timing).toMatchObject({ initiatorType: 'fetch' });
  expect(timing?.durationMs).toBeGreaterThan(0);
  expect(timing?.waitingMs).toBeGreaterThanOrEqual(0);
  expect(timing?.decodedBytes ?? 1).toBeGreaterThan(0);
});

test('with the buffer full, what is loaded is told nevertheless', async () => {
  performance.setResourceTimingBufferSize(0);
  const found: string[] = [];
  const watch = observeResourceTiming().subscribe(({ url }) => found.push(url));
  try {
    const url = someFile();
    await (await fetch(url)).text();
    await expect.poll(() => found).toContain(url);
  } finally {
    watch.unsubscribe();
    performance.setResourceTimingBufferSize(250);
  }
});

const ENTRY = {
  name: 'https://api.example/x',
  entryType: 'resource',
  initiatorType: 'fetch',
  startTime: 10,
  duration: 90,
  fetchStart: 10,
  redirectStart: 0,
  redirectEnd: 0,
  workerStart: 0,
  domainLookupStart: 12,
  domainLookupEnd: 15,
  connectStart: 15,
  secureConnectionStart: 20,
  connectEnd: 30,
  requestStart: 31,
  responseStart: 60,
  responseEnd: 100,
  transferSize: 1_300,
  encodedBodySize: 1_000,
  decodedBodySize: 4_000,
  responseStatus: 200,
  nextHopProtocol: 'h2',
  serverTiming: [],
  toJSON: () => ({}),
};

test('an entry in poise’s terms', () => {
  expect(toResourceTiming({ entry: ENTRY, missedBefore: 3 })).toEqual({
    url: 'https://api.example/x',
    initiatorType: 'fetch',
    startTime: 10,
    durationMs: 90,
    dnsMs: 3,
    connectMs: 15,
    tlsMs: 10,
    waitingMs: 29,
    downloadMs: 40,
    transferBytes: 1_300,
    encodedBytes: 1_000,
    decodedBytes: 4_000,
    delivery: 'network',
    renderBlocking: undefined,
    status: 200,
    protocol: 'h2',
    missedBefore: 3,
  });
});

test.each([
  ['from the cache, as the browser says', { deliveryType: 'cache', transferSize: 300 }, 'cache'],
  ['from the cache, as nothing was sent', { transferSize: 0 }, 'cache'],
  ['not modified', { transferSize: 300 }, 'revalidated'],
  ['from the network', {}, 'network'],
])('delivery %s', (_what, entry, delivery) => {
  expect(toResourceTiming({ entry: { ...ENTRY, ...entry }, missedBefore: 0 }).delivery).toBe(delivery);
});

test('what another origin keeps to itself is not made up', () => {
  const opaque = {
    ...ENTRY,
    domainLookupStart: 0,
    domainLookupEnd: 0,
    connectStart: 0,
    connectEnd: 0,
    secureConnectionStart: 0,
    requestStart: 0,
    responseStart: 0,
    transferSize: 0,
    encodedBodySize: 0,
    decodedBodySize: 0,
    responseStatus: 0,
    nextHopProtocol: '',
  };
  const { url, initiatorType, startTime, durationMs, missedBefore, ...rest } = toResourceTiming({
    entry: opaque,
    missedBefore: undefined,
  });
  expect(new Set(Object.values(rest))).toEqual(new Set([undefined]));
});

test('render blocking is told where the browser does', () => {
  expect(
    toResourceTiming({ entry: { ...ENTRY, renderBlockingStatus: 'blocking' }, missedBefore: 0 }).renderBlocking,
  ).toBe(true);
  expect(
    toResourceTiming({ entry: { ...ENTRY, renderBlockingStatus: 'non-blocking' }, missedBefore: 0 }).renderBlocking,
  ).toBe(false);
});

test('where there are no observers it completes', () => {
  let completed = false;
  observeResourceTiming({ ...detectEnvironment(), PerformanceObserver: undefined }).subscribe({
    complete: () => (completed = true),
  });
  expect(completed).toBe(true);
});
