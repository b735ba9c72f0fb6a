import type { Readings, RunContext } from '../harness/bench.js';
import { Emitter } from './emitter.js';
import type { FrameSample } from './emitter-protocol.js';
import { FrameProbe } from './frame-probe.js';
import { Grid } from './grid.js';
import { InputProbe } from './input-probe.js';
import { percentile } from './percentile.js';

const CELLS = 100;
const UPDATES_PER_SECOND = 20_000;
const SETTLE_MS = 500;
const MEASURE_MS = 5_000;
const QUICK_MEASURE_MS = 1_000;
const IDLE_FRAMES = 20;

/** One way to bring updates onto the page. */
export interface FloodVariant {
  /** Called for every update, as it arrives. */
  update(cell: number, sequence: number): unknown;
  stop(): void;
}

/** Floods a grid through one variant, and measures what a person at the page would notice. */
export async function runFlood(
  makeVariant: (grid: Grid) => FloodVariant,
  costMs: number,
  { host, quick }: RunContext,
): Promise<Readings> {
  const displayIntervalMs = await measureDisplay();
  const grid = new Grid(CELLS, costMs);
  document.body.append(grid.element);
  const variant = makeVariant(grid);
  const emitter = new Emitter((cell, sequence) => variant.update(cell, sequence));
  emitter.start({ cells: CELLS, updatesPerSecond: UPDATES_PER_SECOND });
  await host.startInput();
  await wait(SETTLE_MS);

  const input = new InputProbe();
  const samples: FrameSample[] = [];
  const frameTimes: number[] = [];
  const longTasks: number[] = [];
  const observer = new PerformanceObserver((list) =>
    longTasks.push(...list.getEntries().map(({ duration }) => duration)),
  );
  observer.observe({ type: 'longtask' });
  const busyBefore = await host.mainThreadMs();
  const probe = new FrameProbe((frameTime) => {
    frameTimes.push(frameTime);
    samples.push({ at: performance.timeOrigin + performance.now(), shown: grid.shown.slice() });
    input.beforePaint();
  });
  const began = performance.now();
  await wait(quick ? QUICK_MEASURE_MS : MEASURE_MS);
  const measuredMs = performance.now() - began;
  probe.stop();
  const busyMs = (await host.mainThreadMs()) - busyBefore;
  longTasks.push(...observer.takeRecords().map(({ duration }) => duration));
  observer.disconnect();
  input.stop();
  variant.stop();
  const stalenessP95Ms = await emitter.judge(samples);
  emitter.stop();
  await host.stopInput();
  const intervals = frameTimes.slice(1).map((time, index) => time - (frameTimes[index] ?? time));
  return {
    frames: (100 * intervals.length) / Math.round(sum(intervals) / displayIntervalMs),
    'interval p99': percentile(intervals, 0.99),
    'longest task': Math.max(0, ...longTasks),
    'staleness p95': stalenessP95Ms,
    'main thread': (1_000 * busyMs) / measuredMs,
    'input p98': percentile(input.handlerDelays, 0.98),
    'input to paint p98': percentile(input.paintDelays, 0.98),
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The display's own frame interval, found on the idle page. */
async function measureDisplay(): Promise<number> {
  const times: number[] = [];
  await new Promise<void>((resolve) => {
    const onFrame = (time: number): void => {
      if (times.push(time) > IDLE_FRAMES) resolve();
      else requestAnimationFrame(onFrame);
    };
    requestAnimationFrame(onFrame);
  });
  return percentile(
    times.slice(1).map((time, index) => time - (times[index] ?? time)),
    0.5,
  );
}

/** Waits by frames, which come through where a flood of messages holds timers back. */
function wait(ms: number): Promise<void> {
  const end = performance.now() + ms;
  return new Promise((resolve) => {
    const onFrame = (): void => {
      if (performance.now() >= end) resolve();
      else requestAnimationFrame(onFrame);
    };
    requestAnimationFrame(onFrame);
  });
}
