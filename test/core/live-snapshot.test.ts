import { expect, test } from 'vitest';
import { LiveSnapshot } from '../../src/core/live-snapshot.js';
import { VirtualClock } from '../support/virtual-clock.js';

test('a watcher gets the newest at once, then changes at most ten times a second', () => {
  const clock = new VirtualClock();
  let state = 0;
  const snapshot = new LiveSnapshot(() => state, clock);
  const seen: number[] = [];
  const watch = snapshot.value$.subscribe((value) => seen.push(value));
  for (let ms = 0; ms < 1_000; ms++) {
    state++;
    snapshot.notify();
    clock.advance(1);
  }
  clock.advance(200);
  expect(seen[0]).toBe(0);
  expect(seen.at(-1)).toBe(1_000);
  expect(seen.length).toBeGreaterThan(8);
  expect(seen.length).toBeLessThanOrEqual(12);
  watch.unsubscribe();
});

test('nothing is computed, and no timer runs, while nobody watches', () => {
  const clock = new VirtualClock();
  let reads = 0;
  const snapshot = new LiveSnapshot(() => ++reads, clock);
  for (let i = 0; i < 100; i++) snapshot.notify();
  clock.advance(1_000);
  expect(reads).toBe(0);
  expect(clock.waiting).toBe(0);
});

test('it ends with the last state, and late watchers still get it', () => {
  const clock = new VirtualClock();
  let state = 1;
  const snapshot = new LiveSnapshot(() => state, clock);
  const seen: unknown[] = [];
  snapshot.value$.subscribe({ next: (value) => seen.push(value), complete: () => seen.push('complete') });
  state = 2;
  snapshot.notify();
  snapshot.complete();
  expect(seen).toEqual([1, 2, 'complete']);
  snapshot.value$.subscribe({ next: (value) => seen.push(value), complete: () => seen.push('complete') });
  expect(seen).toEqual([1, 2, 'complete', 2, 'complete']);
  expect(clock.waiting).toBe(0);
});
