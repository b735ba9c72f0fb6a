import { afterEach, beforeEach, expect, test } from 'vitest';
import { observeUncaughtErrors, type UncaughtError } from '../../src/collect/index.js';
import { disposeSymbol } from '../../src/core/index.js';
import { VirtualClock } from '../support/virtual-clock.js';
import { type FramePage, openFrame } from './frame-page.js';

let page: FramePage;
let clock: VirtualClock;
beforeEach(async () => {
  page = await openFrame();
  clock = new VirtualClock();
});
afterEach(() => page[disposeSymbol]());

function watch(): { errors: UncaughtError[]; stop: () => void } {
  const errors: UncaughtError[] = [];
  const subscription = observeUncaughtErrors({ clock, environment: page.environment }).subscribe((e) => errors.push(e));
  return { errors, stop: () => subscription.unsubscribe() };
}

test('an error that is thrown: what, where, and its stack', () => {
  const { errors, stop } = watch();
  page.run('throw new TypeError("no such thing")');
  stop();
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatchObject({
    kind: 'error',
    name: 'TypeError',
    message: 'no such thing',
    line: 1,
    count: 1,
    crossOrigin: false,
  });
  expect(errors[0]?.stack).toBeTruthy();
});

test('a rejection that nobody handles', async () => {
  const { errors, stop } = watch();
  page.run('Promise.reject(new RangeError("too far"))');
  await expect.poll(() => errors.length).toBe(1);
  expect(errors[0]).toMatchObject({ kind: 'unhandledrejection', name: 'RangeError', message: 'too far' });
  stop();
});

test.each([
  ['a string', 'throw "just words"', /just words/],
  ['nothing', 'throw undefined', /undefined/],
  ['an object', 'throw { code: 7 }', /./],
  [
    'an Error whose fields throw',
    'throw Object.defineProperties(new Error("x"), { stack: { get() { throw 1 } }, name: { get() { throw 2 } } })',
    /./,
  ],
])('%s is thrown', (_what, source, message) => {
  const { errors, stop } = watch();
  page.run(source);
  stop();
  expect(errors).toHaveLength(1);
  expect(errors[0]?.message).toMatch(message);
  expect(errors[0]?.name).toBeUndefined();
});

test('the same again is counted, and told once a window', () => {
  const { errors, stop } = watch();
  page.run('globalThis.fail = () => dispatchEvent(new ErrorEvent("error", { message: "again", lineno: 3 }))');
  const fail = () => page.run('fail()');
  for (let i = 0; i < 50; i++) fail();
  expect(errors.map(({ count }) => count)).toEqual([1]);
  clock.advance(1_000);
  expect(errors.map(({ count }) => count)).toEqual([1, 49]);
  fail();
  clock.advance(1_000);
  expect(errors.map(({ count }) => count)).toEqual([1, 49, 1]);
  clock.advance(2_000);
  expect(clock.waiting).toBe(0);
  fail();
  expect(errors).toHaveLength(4);
  stop();
  expect(clock.waiting).toBe(0);
});

test('long texts are cut', () => {
  const { errors, stop } = watch();
  page.run('throw new Error("x".repeat(100_000))');
  stop();
  expect(errors[0]?.message).toHaveLength(1_000);
  expect(errors[0]?.stack?.length).toBeLessThanOrEqual(8_000);
});

test("the app's own listeners and the browser's report go on as before", () => {
  const { stop } = watch();
  const seen: boolean[] = [];
  page.window.addEventListener('error', (event) => {
    seen.push(event.defaultPrevented);
    event.preventDefault();
  });
  page.run('throw new Error("x")');
  expect(seen).toEqual([false]);
  stop();
});

test('after the end nothing is told; without a page it completes', () => {
  const { errors, stop } = watch();
  stop();
  page.run('throw new Error("late")');
  expect(errors).toEqual([]);
  let completed = false;
  observeUncaughtErrors({ environment: { ...page.environment, document: undefined } }).subscribe({
    complete: () => (completed = true),
  });
  expect(completed).toBe(true);
});
