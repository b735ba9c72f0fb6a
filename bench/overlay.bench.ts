import type { Bar, Bench, BenchCase, Metric, Variant } from './harness/bench.js';
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

const bench: Bench = {
  isolation: 'page',
  cases: [caseOf('1,000,000 rows, 3 rows a frame', 3), caseOf('1,000,000 rows, 20 rows a frame', 20)],
};
export default bench;
