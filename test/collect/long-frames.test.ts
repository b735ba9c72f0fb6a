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
    blockTop(120);
    await expect.poll(() => frames.some((frame) => frame.durationMs >= 100), { timeout: 5_000 }).toBe(true);
    subscription.unsubscribe();
    const frame = frames.find((f) => f.durationMs >= 100);
    expect(frame?.source).toBe(source);
    if (source === 'long-animation-frame') {
      expect(frame?.blockingMs).toBeGreaterThan(0);
      expect(frame?.scripts[0]).toMatchObject({ functionName: 'busyFrame' });
      expect(frame?.scripts[0]?.durationMs).toBeGreaterThanOrEqual(100);
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
