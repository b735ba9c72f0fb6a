import { expect, test } from 'vitest';
import { detectEnvironment } from '../../../src/core/index.js';
import { exactHeapReader, heapGrowth } from '../../../src/monitor/manager/heap-reading.js';

/** The page's own performance, with another heap. */
function withHeap(read: () => number): Performance {
  return new Proxy(performance, {
    get: (target, name) => (name === 'memory' ? { usedJSHeapSize: read() } : Reflect.get(target, name)),
  });
}

test('exact readings are given as they are', () => {
  let used = 12_345_678;
  const read = exactHeapReader({ performance: withHeap(() => used++) });
  expect([read(), read()]).toEqual([12_345_678, 12_345_679]);
});

test('a rounded one is none, and it is not asked for again', () => {
  let asked = 0;
  const read = exactHeapReader({
    performance: withHeap(() => {
      asked++;
      return 17_600_000;
    }),
  });
  expect([read(), read(), read()]).toEqual([undefined, undefined, undefined]);
  expect(asked).toBe(1);
});

test('a browser without it has none', () => {
  expect(exactHeapReader({ performance: undefined })()).toBeUndefined();
  const here = exactHeapReader(detectEnvironment())();
  if (!('memory' in performance)) expect(here).toBeUndefined();
});

test('growth is told only between two readings, of which the second is not smaller', () => {
  expect(heapGrowth(10, 15)).toBe(5);
  expect(heapGrowth(10, 10)).toBe(0);
  expect(heapGrowth(15, 10)).toBeUndefined();
  expect(heapGrowth(undefined, 10)).toBeUndefined();
  expect(heapGrowth(10, undefined)).toBeUndefined();
});
