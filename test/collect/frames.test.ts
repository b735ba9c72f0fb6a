import { Subject } from 'rxjs';
import { expect, test } from 'vitest';
import { type FrameSample, observeFrames } from '../../src/collect/index.js';
import { VirtualClock } from '../support/virtual-clock.js';

function watch(hz = 60): { clock: VirtualClock; samples: FrameSample[]; activity$: Subject<void>; stop: () => void } {
  const clock = new VirtualClock(hz);
  const samples: FrameSample[] = [];
  const activity$ = new Subject<void>();
  const subscription = observeFrames({ clock, environment: clock.environment, activity$ }).subscribe((s) =>
    samples.push(s),
  );
  return { clock, samples, activity$, stop: () => subscription.unsubscribe() };
}

test('frames are told with their interval and the display they were measured on', () => {
  const { clock, samples, stop } = watch(120);
  clock.advance(1_000);
  expect(samples[0]?.intervalMs).toBeUndefined();
  expect(samples.length).toBeGreaterThan(115);
  expect(samples.at(-1)?.displayIntervalMs).toBeCloseTo(1_000 / 120, 3);
  expect(samples.every((s) => s.dropped === 0)).toBe(true);
  stop();
});

test('a long frame tells how many of the display passed it by', () => {
  const { clock, samples, stop } = watch();
  clock.advance(1_000);
  clock.spend(5 * clock.frameMs);
  clock.advance(100);
  expect(samples.reduce((sum, s) => sum + s.dropped, 0)).toBe(5);
  stop();
});

test('a page that is late by a frame each time drops half of the frames, however long that lasts', () => {
  const { clock, samples, activity$, stop } = watch();
  clock.advance(1_000);
  const before = samples.length;
  const work = () => {
    clock.spend(1.5 * clock.frameMs);
    clock.requestFrame(work);
  };
  clock.requestFrame(work);
  for (let seconds = 0; seconds < 60; seconds++) {
    activity$.next();
    clock.advance(1_000);
  }
  const dropped = samples.slice(before).reduce((sum, sample) => sum + sample.dropped, 0);
  const share = dropped / (dropped + samples.length - before);
  expect(share).toBeGreaterThan(0.49);
  expect(share).toBeLessThan(0.51);
  expect(samples.at(-1)?.displayIntervalMs).toBeCloseTo(clock.frameMs, 1);
  stop();
});

test('a page that was late from the start does not say what its display can do', () => {
  const { clock, samples, stop } = watch();
  const work = () => {
    clock.spend(1.5 * clock.frameMs);
    clock.requestFrame(work);
  };
  clock.requestFrame(work);
  clock.advance(10_000);
  // Nor does it rest.
  expect(samples.length).toBeGreaterThan(290);
  expect(samples.at(-1)?.displayIntervalMs).toBeUndefined();
  stop();
});

test('a page at rest is probed for three frames a second', () => {
  const { clock, samples, stop } = watch();
  clock.advance(3_000);
  const before = samples.length;
  clock.advance(20_000);
  const perSecond = (samples.length - before) / 20;
  expect(perSecond).toBeGreaterThan(1);
  expect(perSecond).toBeLessThanOrEqual(3);
  stop();
});

test('activity and input wake it', () => {
  const { clock, samples, activity$, stop } = watch();
  for (const wake of [() => activity$.next(), () => clock.document.dispatchEvent(new Event('pointerdown'))]) {
    clock.advance(5_000);
    const before = samples.length;
    wake();
    clock.advance(1_000);
    expect(samples.length - before).toBeGreaterThan(55);
  }
  stop();
});

test('it is silent while the page is hidden, and leaves nothing behind', () => {
  const { clock, samples, activity$, stop } = watch();
  clock.advance(100);
  clock.setVisible(false);
  const before = samples.length;
  clock.advance(10_000);
  expect(samples.length).toBe(before);
  expect(clock.waiting).toBe(0);
  clock.setVisible(true);
  clock.advance(100);
  expect(samples.length).toBeGreaterThan(before);
  stop();
  expect(clock.waiting).toBe(0);
  expect(activity$.observed).toBe(false);
});

test('where there is no page there are no frames', () => {
  let completed = false;
  const clock = new VirtualClock();
  observeFrames({ clock, environment: { ...clock.environment, document: undefined } }).subscribe({
    complete: () => (completed = true),
  });
  expect(completed).toBe(true);
});

test('a real page delivers frames', async () => {
  const samples: FrameSample[] = [];
  const subscription = observeFrames().subscribe((sample) => samples.push(sample));
  await expect.poll(() => samples.length, { timeout: 5_000 }).toBeGreaterThan(30);
  subscription.unsubscribe();
  const intervals = samples.flatMap((s) => s.intervalMs ?? []);
  expect(intervals.every((ms) => ms > 0)).toBe(true);
});

test('the quiet way, a page at rest is left alone, until something goes on', () => {
  const clock = new VirtualClock();
  const activity$ = new Subject<void>();
  const samples: FrameSample[] = [];
  const options = { clock, environment: clock.environment, activity$, quiet: true };
  const subscription = observeFrames(options).subscribe((sample) => samples.push(sample));
  clock.advance(29_000);
  expect(samples).toEqual([]);
  clock.advance(90_000);
  expect(samples.length).toBeGreaterThan(2);
  expect(samples.length).toBeLessThanOrEqual(12);
  const before = samples.length;
  activity$.next();
  clock.advance(1_000);
  expect(samples.length - before).toBeGreaterThan(55);
  clock.advance(3_000);
  expect(samples.length - before).toBeLessThan(130);
  subscription.unsubscribe();
  expect(clock.waiting).toBe(0);
});
