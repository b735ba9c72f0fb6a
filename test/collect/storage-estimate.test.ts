import { expect, test } from 'vitest';
import { observeStorage, type StorageReading } from '../../src/collect/index.js';
import { StorageTraffic } from '../../src/storage/index.js';
import { VirtualClock } from '../support/virtual-clock.js';

function watch(options: { storage?: boolean; traffic?: StorageTraffic }) {
  const clock = new VirtualClock();
  const environment = { ...clock.environment, ...(options.storage === false ? { storage: undefined } : {}) };
  const readings: StorageReading[] = [];
  let completed = false;
  const { traffic } = options;
  const subscription = observeStorage({ clock, environment, ...(traffic ? { traffic } : {}) }).subscribe({
    next: (reading) => readings.push(reading),
    complete: () => (completed = true),
  });
  return { clock, readings, isCompleted: () => completed, stop: () => subscription.unsubscribe() };
}

const hasEstimate = navigator.storage?.estimate !== undefined;

test.runIf(hasEstimate)('the estimate is told at once and at intervals', async () => {
  const { clock, readings, stop } = watch({});
  await expect.poll(() => readings.length).toBe(1);
  expect(readings[0]?.quotaBytes).toBeGreaterThan(0);
  expect(readings[0]?.usageBytes).toBeGreaterThanOrEqual(0);
  expect(readings[0]?.bytesWritten).toBeUndefined();
  clock.advance(60_000);
  await expect.poll(() => readings.length).toBe(2);
  stop();
  expect(clock.waiting).toBe(0);
});

test('without an estimate the bytes that poise counts are told, and nothing is made up', async () => {
  const traffic = new StorageTraffic();
  traffic.wrote(120);
  const { clock, readings, stop } = watch({ storage: false, traffic });
  await expect.poll(() => readings.length).toBe(1);
  expect(readings[0]).toMatchObject({ usageBytes: undefined, quotaBytes: undefined, bytesWritten: 120, bytesRead: 0 });
  traffic.didRead(50);
  clock.advance(60_000);
  await expect.poll(() => readings.at(-1)?.bytesRead).toBe(50);
  stop();
});

test('a hidden page is not read; shown again it is read at once', async () => {
  const { clock, readings, stop } = watch({ traffic: new StorageTraffic() });
  await expect.poll(() => readings.length).toBe(1);
  clock.setVisible(false);
  clock.advance(600_000);
  expect(clock.waiting).toBe(0);
  expect(readings).toHaveLength(1);
  clock.setVisible(true);
  await expect.poll(() => readings.length).toBe(2);
  stop();
});

test('stopped while it reads, it tells nothing and leaves no timer', async () => {
  const { clock, readings, stop } = watch({ traffic: new StorageTraffic() });
  stop();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(readings).toEqual([]);
  expect(clock.waiting).toBe(0);
});

test('with neither it completes', () => {
  expect(watch({ storage: false }).isCompleted()).toBe(true);
});
