import { expect, test } from 'vitest';
import { SystemClock } from '../../src/core/index.js';

test('monotonic and wall time are told apart and converted', () => {
  const clock = new SystemClock();
  const now = clock.now();
  expect(Math.abs(clock.toEpoch(now) - clock.wallNow())).toBeLessThan(1_000);
  expect(clock.toEpoch(now + 500) - clock.toEpoch(now)).toBe(500);
});

test('after a sleep, in which the monotonic clock stood still, the conversion is anchored anew', () => {
  const clock = new SystemClock();
  const before = clock.toEpoch(clock.now());
  const { now } = Date;
  Date.now = () => now() + 3_600_000;
  try {
    expect(clock.toEpoch(clock.now()) - before).toBeGreaterThanOrEqual(3_599_000);
  } finally {
    Date.now = now;
  }
});

test('timers and frames run once, or not at all when cancelled', async () => {
  const clock = new SystemClock();
  const ran: string[] = [];
  clock.setTimer(() => ran.push('timer'), 5);
  clock.setTimer(() => ran.push('no'), 5)();
  clock.requestFrame((time) => ran.push(typeof time));
  clock.requestFrame(() => ran.push('no'))();
  await expect.poll(() => ran.toSorted()).toEqual(['number', 'timer']);
});

test('a task asked for in a frame runs after all of the frame', async () => {
  const clock = new SystemClock();
  const order: string[] = [];
  clock.requestFrame(() => {
    order.push('frame');
    clock.afterTask(() => order.push('task'));
    queueMicrotask(() => order.push('microtask'));
  });
  clock.requestFrame(() => order.push('same frame'));
  await expect.poll(() => order).toEqual(['frame', 'microtask', 'same frame', 'task']);
});
