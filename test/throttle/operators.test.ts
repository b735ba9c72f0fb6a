import { of, Subject, throwError } from 'rxjs';
import { expect, test } from 'vitest';
import { batchUpdates, latestByKey, throttleUpdates } from '../../src/throttle/index.js';
import { VirtualClock } from '../support/virtual-clock.js';

function watch<T>(): {
  readonly values: T[];
  readonly ends: unknown[];
  observer: { next(v: T): void; error(e: unknown): void; complete(): void };
} {
  const values: T[] = [];
  const ends: unknown[] = [];
  const observer = {
    next: (value: T) => void values.push(value),
    error: (error: unknown) => void ends.push(error),
    complete: () => void ends.push('complete'),
  };
  return { values, ends, observer };
}

test('throttleUpdates lets the latest through at the rate, and always the last', () => {
  const clock = new VirtualClock();
  const { values, ends, observer } = watch<number>();
  const source = new Subject<number>();
  source
    .pipe(throttleUpdates({ mode: 'fixed', maxUpdatesPerSecond: 10 }, { clock, environment: clock.environment }))
    .subscribe(observer);
  for (let i = 0; i < 1_000; i++) {
    source.next(i);
    clock.advance(1);
  }
  expect(values.length).toBeLessThanOrEqual(11);
  expect(values.length).toBeGreaterThanOrEqual(9);
  clock.advance(120);
  expect(values.at(-1)).toBe(999);
  source.next(1_000);
  source.complete();
  expect(values.at(-1)).toBe(1_000);
  expect(ends).toEqual(['complete']);
  expect(clock.waiting).toBe(0);
});

test('latestByKey keeps the last of every key', () => {
  const clock = new VirtualClock();
  const { values, observer } = watch<{ id: string; price: number }>();
  const source = new Subject<{ id: string; price: number }>();
  source.pipe(latestByKey((quote) => quote.id, {}, { clock, environment: clock.environment })).subscribe(observer);
  for (let price = 0; price < 5; price++) for (const id of ['a', 'b']) source.next({ id, price });
  clock.advance(20);
  expect(values).toEqual([
    { id: 'a', price: 4 },
    { id: 'b', price: 4 },
  ]);
  source.complete();
});

test('what is pending comes before an error; a key function that throws is an error of the stream', () => {
  const clock = new VirtualClock();
  const dependencies = { clock, environment: clock.environment };
  const first = watch<number>();
  const source = new Subject<number>();
  source.pipe(throttleUpdates({}, dependencies)).subscribe(first.observer);
  source.next(1);
  source.error('broken');
  expect(first.values).toEqual([1]);
  expect(first.ends).toEqual(['broken']);

  const second = watch<number>();
  const bad = () => {
    throw new Error('no key');
  };
  of(1)
    .pipe(latestByKey(bad, {}, dependencies))
    .subscribe(second.observer);
  expect(second.ends).toEqual([new Error('no key')]);
  expect(clock.waiting).toBe(0);
});

test('an unsubscribed stream emits nothing more and leaves nothing behind', () => {
  const clock = new VirtualClock();
  const { values, observer } = watch<number>();
  const source = new Subject<number>();
  const subscription = source.pipe(throttleUpdates({}, { clock, environment: clock.environment })).subscribe(observer);
  source.next(1);
  subscription.unsubscribe();
  clock.advance(500);
  expect(values).toEqual([]);
  expect(source.observed).toBe(false);
  expect(clock.waiting).toBe(0);
});

test('batchUpdates gathers, and sends the rest before completion or error', async () => {
  const { values, ends, observer } = watch<readonly number[]>();
  of(1, 2, 3, 4, 5)
    .pipe(batchUpdates({ batchSize: 2 }))
    .subscribe(observer);
  await expect.poll(() => ends).toEqual(['complete']);
  expect(values).toEqual([[1, 2], [3, 4], [5]]);

  const failing = watch<readonly number[]>();
  throwError(() => 'broken')
    .pipe(batchUpdates<number>())
    .subscribe(failing.observer);
  await expect.poll(() => failing.ends).toEqual(['broken']);
});
