import type { Readings, RunContext } from '../harness/bench.js';

export const KEYS = 100;
const WARM_UP_FRAMES = 15;
const FRAMES = 40;
const QUICK_FRAMES = 20;

/** One way to take requests in. */
export interface CallVariant {
  /** Asks for `show(key, value)`, at the variant's rate. */
  request(key: number, value: number): unknown;
  stop(): void;
}

/** Stands for the app's update: cheap, so that what is measured is the throttle. */
export type Show = (key: number, value: number) => void;

/**
 * Calls in bursts, a burst a frame, so that frames and timers serve the variant in between as in a flood.
 * `call` is the burst alone; `with drain` all that the main thread did, less what the same frames cost with no call.
 */
export async function runCalls(
  makeVariant: (show: Show) => CallVariant,
  callsAFrame: number,
  { host, quick }: RunContext,
): Promise<Readings> {
  const shown = new Float64Array(KEYS);
  const variant = makeVariant((key, value) => {
    shown[key] = value;
  });
  const keys = Uint32Array.from({ length: callsAFrame }, () => Math.floor(Math.random() * KEYS));
  const burst = (): void => {
    for (let at = 0; at < keys.length; at++) variant.request(keys[at] ?? 0, at);
  };
  const frames = quick ? QUICK_FRAMES : FRAMES;
  await eachFrame(WARM_UP_FRAMES, burst);
  await eachFrame(WARM_UP_FRAMES, () => undefined);
  const idle = await cost(host, frames, () => undefined);
  const busy = await cost(host, frames, burst);
  variant.stop();
  const calls = frames * callsAFrame;
  return { call: (busy.inCallback / calls) * 1e6, 'with drain': ((busy.mainThread - idle.mainThread) / calls) * 1e6 };
}

/** What some frames cost in milliseconds: within their callbacks, and altogether with what follows from them. */
async function cost(
  host: RunContext['host'],
  frames: number,
  onFrame: () => void,
): Promise<{ inCallback: number; mainThread: number }> {
  const before = await host.mainThreadMs();
  let inCallback = 0;
  await eachFrame(frames, () => {
    const start = performance.now();
    onFrame();
    inCallback += performance.now() - start;
  });
  return { inCallback, mainThread: (await host.mainThreadMs()) - before };
}

function eachFrame(count: number, callback: () => void): Promise<void> {
  return new Promise((resolve) => {
    let done = 0;
    const onFrame = (): void => {
      if (done++ === count) {
        resolve();
        return;
      }
      callback();
      requestAnimationFrame(onFrame);
    };
    requestAnimationFrame(onFrame);
  });
}
