import { expect, test } from 'vitest';
import { watchLeftovers } from './leftovers.js';
import { OpenThings } from './open-things.js';

const noop = () => undefined;
const aSecond = 1_000;

/** A page of its own, so that the suite's own watch is not what is seen. */
function watchedPage(): { page: Window & typeof globalThis; left: () => readonly string[] } {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const page = frame.contentWindow?.window;
  if (!page) throw new Error('the frame has no window');
  const things = new OpenThings();
  const scope = Object(page);
  watchLeftovers(scope, things);
  const none = new Set();
  return { page: scope, left: () => things.since(none).map((what) => what.split('\n')[0] ?? '') };
}

test('listeners of window and document', async () => {
  const { page, left } = watchedPage();
  const controller = new page.AbortController();
  page.addEventListener('resize', noop);
  page.addEventListener('resize', noop);
  page.document.addEventListener('keydown', noop, { capture: true });
  page.addEventListener('online', noop, { signal: controller.signal });
  page.addEventListener('poise', noop, { once: true });
  expect(left()).toEqual([
    "a listener for 'resize' on window",
    "a listener for 'keydown' on document",
    "a listener for 'online' on window",
    "a listener for 'poise' on window",
  ]);
  page.document.removeEventListener('keydown', noop);
  expect(left()).toHaveLength(4);
  page.document.removeEventListener('keydown', noop, true);
  page.removeEventListener('resize', noop);
  controller.abort();
  page.dispatchEvent(new page.Event('poise'));
  expect(left()).toEqual([]);
});

test('timers and frames', async () => {
  const { page, left } = watchedPage();
  const timeout = page.setTimeout(noop, aSecond);
  const interval = page.setInterval(noop, aSecond);
  const frame = page.requestAnimationFrame(noop);
  expect(left()).toEqual(['a setTimeout', 'a setInterval', 'a requestAnimationFrame']);
  page.clearInterval(timeout);
  page.clearTimeout(interval);
  page.cancelAnimationFrame(frame);
  expect(left()).toEqual([]);
});

test('a timer that has run is gone, and was given its arguments', async () => {
  const { page, left } = watchedPage();
  const given = await new Promise((resolve) => page.setTimeout((...args: unknown[]) => resolve(args), 1, 'a', 2));
  expect(given).toEqual(['a', 2]);
  expect(left()).toEqual([]);
});

test('performance observers', async () => {
  const { page, left } = watchedPage();
  const observer = new page.PerformanceObserver(noop);
  expect(left()).toEqual([]);
  observer.observe({ type: 'mark' });
  expect(left()).toEqual(['a PerformanceObserver']);
  observer.disconnect();
  expect(left()).toEqual([]);
});

test('ports and channels', async () => {
  const { page, left } = watchedPage();
  const { port1 } = new page.MessageChannel();
  const broadcast = new page.BroadcastChannel('poise');
  expect(left()).toEqual(['a MessagePort', 'a MessagePort', 'a BroadcastChannel']);
  port1.close();
  broadcast.close();
  expect(left()).toEqual([]);
});

test('a transferred port is no longer ours', async () => {
  const { page, left } = watchedPage();
  const carrier = new page.MessageChannel();
  const { port2 } = new page.MessageChannel();
  expect(left()).toHaveLength(4);
  carrier.port1.postMessage(undefined, [port2]);
  expect(left()).toHaveLength(3);
  carrier.port1.close();
  expect(left()).toHaveLength(1);
});

test('workers', async () => {
  const { page, left } = watchedPage();
  const worker = new page.Worker(new URL('./empty.worker.ts', import.meta.url), { type: 'module' });
  expect(left()).toEqual(['a Worker']);
  worker.terminate();
  expect(left()).toEqual([]);
});

test('locks', async () => {
  const { page, left } = watchedPage();
  let release: () => void = noop;
  const held = page.navigator.locks.request('poise-test', () => new Promise<void>((resolve) => (release = resolve)));
  await new Promise<void>((resolve) => void page.navigator.locks.query().then(() => resolve()));
  expect(left()).toEqual(["the lock 'poise-test', held or waited for"]);
  release();
  await held;
  expect(left()).toEqual([]);
});

test('databases', async () => {
  const { page, left } = watchedPage();
  const request = page.indexedDB.open('poise-test');
  await new Promise((resolve) => request.addEventListener('success', resolve));
  expect(left()).toEqual(["the database 'poise-test'"]);
  request.result.close();
  expect(left()).toEqual([]);
  page.indexedDB.deleteDatabase('poise-test');
});
