import { expect, test } from 'vitest';
import type { LongFrame } from '../../src/collect/long-frames.js';
import { FrameLog } from '../../src/overlay/frame-log.js';
import { OwnWork } from '../../src/overlay/own-work.js';
import { VirtualClock } from '../support/virtual-clock.js';

const longFrame = (startTime: number, durationMs: number): LongFrame => ({
  source: 'longtask',
  startTime,
  durationMs,
  blockingMs: undefined,
  scripts: [],
});

test('what the overlay did is left out of long frames, in part or whole', () => {
  const clock = new VirtualClock();
  const own = new OwnWork(clock);
  const log = new FrameLog(own);
  const start = clock.now();
  own.run(() => clock.advance(30));
  clock.advance(70);
  own.run(() => clock.advance(60));
  expect(own.within(start, 160)).toBe(90);
  expect(own.within(start + 10, 10)).toBe(10);
  expect(own.within(start + 40, 50)).toBe(0);
  log.recordLong(longFrame(start, 100));
  log.recordLong(longFrame(start + 90, 80));
  expect(log.longFrames.map(({ durationMs }) => durationMs)).toEqual([70]);
  expect(own.msASecond).toBeCloseTo((1_000 * 90) / 160);
});

test('work that throws is counted, and thrown on', () => {
  const clock = new VirtualClock();
  const own = new OwnWork(clock);
  const work = () => {
    clock.advance(5);
    throw new Error('no');
  };
  expect(() => own.run(work)).toThrow('no');
  expect(own.within(0, Number.MAX_SAFE_INTEGER)).toBe(5);
});

test('remembers only the last seconds', () => {
  const clock = new VirtualClock();
  const own = new OwnWork(clock);
  own.run(() => clock.advance(5));
  clock.advance(20_000);
  own.run(() => clock.advance(1));
  expect(own.within(0, Number.MAX_SAFE_INTEGER)).toBe(1);
});
