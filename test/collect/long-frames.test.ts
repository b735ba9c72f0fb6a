import { expect, test } from 'vitest';
import { type LongFrame, longFrameSource, observeLongFrames } from '../../src/collect/index.js';
import { detectEnvironment, type Environment } from '../../src/core/index.js';

/** Long animation frames are reported to the top window only; the tests run in a frame of it. */
function topEnvironment(): Environment {
  return { ...detectEnvironment(), PerformanceObserver: Reflect.get(window.top ?? window, 'PerformanceObserver') };
}

/** Work by a script of the top window's own, so that frame and script are the top window's. */
function blockTop(ms: number): void {
  const { document } = window.top ?? window;
  const script = document.createElement('script');
  script.textContent = `requestAnimationFrame(function busyFrame() {
    const end = performance.now() + ${ms};
    while (performance.now() < end);
  });`;
  document.head.append(script);
  script.remove();
}

const source = longFrameSource(topEnvironment());

test.runIf(source !== 'unsupported')(
  'a frame of 120 ms is told, with the script to blame where the browser knows',
  async () => {
    const frames: LongFrame[] = [];
    const subscription = observeLongFrames(topEnvironment()).subscribe((frame) => frames.push(frame));
    const ours = () => frames.find((frame) => frame.scripts.some((script) => script.functionName === 'busyFrame'));
    const anyLong = () => frames.find((frame) => frame.durationMs >= 100);
    const find = source === 'long-animation-frame' ? ours : anyLong;
    blockTop(120);
    await expect.poll(find, { timeout: 5_000 }).toBeDefined();
    subscription.unsubscribe();
    expect(find()?.source).toBe(source);
    expect(find()?.durationMs).toBeGreaterThanOrEqual(100);
    if (source === 'long-animation-frame') {
      expect(find()?.blockingMs).toBeGreaterThan(0);
      expect(find()?.scripts[0]?.durationMs).toBeGreaterThanOrEqual(100);
    }
  },
);

test.runIf(source === 'unsupported')('a browser that tells of no long frames says so, and the stream completes', () => {
  let completed = false;
  observeLongFrames(topEnvironment()).subscribe({ complete: () => (completed = true) });
  expect(completed).toBe(true);
});

test('a long task stands in where long animation frames are absent', () => {
  const withTypes = (types: readonly string[]) =>
    new Proxy(PerformanceObserver, {
      get: (target, name) => (name === 'supportedEntryTypes' ? types : Reflect.get(target, name)),
    });
  expect(longFrameSource({ PerformanceObserver: withTypes(['mark', 'longtask']) })).toBe('longtask');
  expect(longFrameSource({ PerformanceObserver: withTypes(['mark']) })).toBe('unsupported');
  expect(longFrameSource({ PerformanceObserver: undefined })).toBe('unsupported');
});
