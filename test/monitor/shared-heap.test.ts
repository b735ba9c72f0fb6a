import { Subject, take } from 'rxjs';
import { expect, test } from 'vitest';
import type { HeapReading } from '../../src/core/index.js';
import { sharedHeap } from '../../src/monitor/shared-heap.js';
import { VirtualClock } from '../support/virtual-clock.js';

/** A page whose heap grows by a byte with each reading, or can't be read. */
function page(read: () => number = counter()) {
  const clock = new VirtualClock();
  const wakeUp$ = new Subject<void>();
  const performance = Object.create(globalThis.performance, {
    memory: {
      value: {
        jsHeapSizeLimit: 1_000,
        get usedJSHeapSize() {
          return read();
        },
      },
    },
  });
  const environment = { ...clock.environment, crossOriginIsolated: false, performance };
  const heap$ = sharedHeap(wakeUp$, { clock, environment });
  const watch = () => {
    const used: number[] = [];
    const subscription = heap$.subscribe(({ usedBytes }) => used.push(usedBytes));
    return { used, stop: () => subscription.unsubscribe() };
  };
  return { clock, wakeUp$, heap$, watch };
}

function counter() {
  let bytes = 0;
  return () => ++bytes;
}

test('reads once for all, when it is woken up and without a timer; who comes later is told the newest', () => {
  const { clock, wakeUp$, watch } = page();
  const first = watch();
  const second = watch();
  expect(second.used).toEqual(first.used);
  expect(clock.waiting).toBe(0);
  wakeUp$.next();
  expect(first.used).toHaveLength(2);
  expect(second.used).toEqual(first.used);
  first.stop();
  wakeUp$.next();
  expect(first.used).toHaveLength(2);
  expect(second.used).toEqual([1, 2, 3]);
  second.stop();
  expect(wakeUp$.observed).toBe(false);
});

test('begins anew after all have left: an old reading is not told again', () => {
  const { wakeUp$, watch } = page();
  const first = watch();
  first.stop();
  wakeUp$.next();
  const second = watch();
  expect([first.used, second.used]).toEqual([[1], [2]]);
  second.stop();
});

test('who leaves at the first reading, or comes with it, does no harm', () => {
  const { heap$, wakeUp$ } = page();
  const seen: HeapReading[] = [];
  heap$.pipe(take(1)).subscribe((reading) => {
    seen.push(reading);
    heap$.pipe(take(2)).subscribe((again) => seen.push(again));
  });
  expect(seen).toHaveLength(2);
  expect(seen[1]).toBe(seen[0]);
  wakeUp$.next();
  expect(seen).toHaveLength(3);
  expect(wakeUp$.observed).toBe(false);
});

test('a heap that can’t be read is told to all, and tried again by the next', () => {
  let broken = true;
  const { heap$, wakeUp$ } = page(() => {
    if (broken) throw new Error('no');
    return 1;
  });
  const failures: unknown[] = [];
  heap$.subscribe({ error: (cause) => failures.push(cause) });
  expect(failures).toHaveLength(1);
  broken = false;
  const used: number[] = [];
  const subscription = heap$.subscribe(({ usedBytes }) => used.push(usedBytes));
  expect(used).toEqual([1]);
  subscription.unsubscribe();
  expect(wakeUp$.observed).toBe(false);
});
