import { expect, test } from 'vitest';
import { FrameWindow } from '../../src/overlay/frame-window.js';
import { fc } from '../support/properties.js';

test('the rate is that of the frames watched, not of the time that passed', () => {
  const frames = new FrameWindow(1_000);
  // A probe of a resting page: three frames at 60 Hz, then nothing.
  frames.record({ time: 900, intervalMs: undefined });
  frames.record({ time: 916, intervalMs: 16 });
  frames.record({ time: 932, intervalMs: 16 });
  expect(frames.read(1_000)).toEqual({ framesPerSecond: 62.5, longestMs: 16 });
});

test('frames older than the window are forgotten', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 50 }), (intervals) => {
      const frames = new FrameWindow(1_000);
      let now = 0;
      const all = intervals.map((intervalMs) => {
        now += intervalMs;
        return { time: now, intervalMs };
      });
      for (const frame of all) frames.record(frame);
      const recent = all.filter(({ time }) => time > now - 1_000).map(({ intervalMs }) => intervalMs);
      expect(frames.read(now).longestMs).toBe(Math.max(...recent));
    }),
  );
});
