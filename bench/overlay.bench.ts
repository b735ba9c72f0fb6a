import { disposeSymbol } from '../src/core/disposer.js';
import type { Bar, Bench, BenchCase, Metric, Variant } from './harness/bench.js';
import { FloodedPage } from './overlay/flooded-page.js';
import { nextFrame, type OpenList, ROW_PX } from './virtual-list/list.js';
import { poise } from './virtual-list/poise.js';
import { tanstack } from './virtual-list/tanstack.js';
import { virtua } from './virtual-list/virtua.js';

const ROWS = 1_000_000;
const PEERS: Readonly<Record<string, OpenList>> = { tanstack, virtua };
const FRAME_MS = 1_000 / 60;

const METRICS: readonly Metric[] = [
  { name: 'frames', unit: '% of frames delivered', better: 'higher' },
  { name: 'longest', unit: 'ms, the longest frame', better: 'lower' },
  { name: 'work', unit: 'main-thread ms a second', better: 'lower' },
  { name: 'heap', unit: 'KB held by the list', better: 'lower' },
];

/** Scrolls by so many rows in each frame, down and up again, as a wheel or a finger does. */
const scroll =
  (open: OpenList, rowsAFrame: number): Variant =>
  async ({ host, quick }) => {
    const box = document.createElement('div');
    box.style.cssText = 'width: 600px; height: 600px';
    document.body.append(box);
    const heapBefore = await host.heapBytes();
    const list = await open(box, ROWS);
    const heap = ((await host.heapBytes()) - heapBefore) / 1_024;
    const frames = quick ? 120 : 300;
    // Warm: the first scroll makes what is made once.
    for (let n = 0; n < 30; n++) {
      list.scroller.scrollTop += ROW_PX * rowsAFrame;
      await nextFrame();
    }
    const workBefore = await host.mainThreadMs();
    let last = await nextFrame();
    const began = last;
    let longest = 0;
    for (let n = 0; n < frames; n++) {
      list.scroller.scrollTop += (n < frames / 2 ? 1 : -1) * ROW_PX * rowsAFrame;
      const now = await nextFrame();
      longest = Math.max(longest, now - last);
      last = now;
    }
    const work = (await host.mainThreadMs()) - workBefore;
    const text = list.scroller.textContent ?? '';
    list.close();
    box.remove();
    if (!text.includes('GET')) throw new Error('nothing was in view at the end');
    const tookMs = last - began;
    return {
      frames: Math.min(100, (100 * frames * FRAME_MS) / tookMs),
      longest,
      work: work / (tookMs / 1_000),
      heap,
    };
  };

const bars: readonly Bar[] = [
  { noPeerBetterOn: ['frames', 'longest', 'work'], peers: Object.keys(PEERS) },
  { noPeerBetterOn: ['work'], peers: Object.keys(PEERS) },
  { noPeerBetterOn: ['heap'], peers: Object.keys(PEERS) },
];

const caseOf = (name: string, rowsAFrame: number): BenchCase => ({
  name,
  metrics: METRICS,
  variants: Object.fromEntries(
    Object.entries({ poise, ...PEERS }).map(([variant, open]) => [variant, scroll(open, rowsAFrame)]),
  ),
  bars,
});

const SPAN_MS = 1_000;
const QUICK_SPAN_MS = 500;
/** Drawings a second (overlay-window.ts). */
const DRAWINGS = 4;

/** What an overlay adds to the main thread's processor time, a frame: without one, closed and open, by turns on one page. */
const overFlood: Variant = async ({ host, quick }) => {
  const page = await FloodedPage.open();
  const spanMs = quick ? QUICK_SPAN_MS : SPAN_MS;
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const cpuAFrame = async () => {
    const before = await host.mainThreadCpuMs();
    const began = performance.now();
    await wait(spanMs);
    return ((await host.mainThreadCpuMs()) - before) / ((performance.now() - began) / FRAME_MS);
  };
  // Opened once: its code is there.
  const first = page.mountOverlay();
  await first.open();
  await wait(500);
  first[disposeSymbol]();
  const readings = { without: [0], pill: [0], open: [0], drawing: [0] };
  for (let turn = 0; turn < 3; turn++) {
    readings.without.push(await cpuAFrame());
    const overlay = page.mountOverlay();
    readings.pill.push(await cpuAFrame());
    await overlay.open('overview');
    readings.open.push(await cpuAFrame());
    const footer = document.querySelector('poise-overlay-window')?.shadowRoot?.querySelector('.cost')?.textContent;
    readings.drawing.push(Number.parseFloat(footer?.replace(/^\D+/, '') ?? '') / DRAWINGS);
    overlay[disposeSymbol]();
  }
  page.close();
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / (values.length - 1);
  const without = mean(readings.without);
  return {
    open: mean(readings.open) - without,
    pill: mean(readings.pill) - without,
    drawing: mean(readings.drawing),
  };
};

const flooded: BenchCase = {
  name: 'over a page with 20,000 updates a second',
  metrics: [
    { name: 'open', unit: 'ms of processor time it adds to a frame', better: 'lower' },
    { name: 'pill', unit: 'ms that the pill alone adds', better: 'lower' },
    { name: 'drawing', unit: 'ms of its own script, a drawing', better: 'lower' },
  ],
  variants: { poise: overFlood },
  bars: [
    { metric: 'open', atMost: 2 },
    { metric: 'drawing', atMost: 2 },
  ],
};

const bench: Bench = {
  isolation: 'page',
  cases: [flooded, caseOf('1,000,000 rows, 3 rows a frame', 3), caseOf('1,000,000 rows, 20 rows a frame', 20)],
};
export default bench;
