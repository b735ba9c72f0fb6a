import { expect, onTestFinished, test } from 'vitest';
import { ConfigError, disposeSymbol } from '../../src/core/index.js';
import { LazyLoadError, LazyLoader } from '../../src/lazy/index.js';
import { VirtualClock } from '../support/virtual-clock.js';

/** Whatever is made here is disposed of after the test. */
function own<T extends Disposable>(thing: T): T {
  onTestFinished(() => thing[disposeSymbol]());
  return thing;
}

function mount(): HTMLElement {
  const element = document.body.appendChild(document.createElement('button'));
  onTestFinished(() => element.remove());
  return element;
}

/** A loader that counts, and fails as often as it is told. */
function counting(failures = 0) {
  let calls = 0;
  const load = async () => {
    if (++calls <= failures) throw new TypeError('Failed to fetch');
    return await import('./heavy.js');
  };
  return { load, calls: () => calls };
}

test('loads once, also for 100 callers at the same time', async () => {
  const { load, calls } = counting();
  const lazy = own(new LazyLoader(load));
  expect([lazy.isLoaded(), lazy.value, lazy.stats.state, calls()]).toEqual([false, undefined, 'idle', 0]);
  const loading = Array.from({ length: 100 }, () => lazy.load());
  expect(lazy.stats).toMatchObject({ state: 'loading', attempts: 1, loadTimeMs: undefined });
  const modules = new Set(await Promise.all(loading));
  expect([...modules][0]?.double(2)).toBe(4);
  expect([modules.size, calls(), lazy.isLoaded()]).toEqual([1, 1, true]);
  expect(await lazy.load()).toBe(lazy.value);
  expect(lazy.stats).toMatchObject({ state: 'loaded', attempts: 1, failures: 0, loadTimeMs: expect.any(Number) });
});

test('a failed load rejects with its cause, and the next call tries again', async () => {
  const { load, calls } = counting(1);
  const lazy = own(new LazyLoader(load, { name: 'charts' }));
  const [one, two] = await Promise.allSettled([lazy.load(), lazy.load()]);
  expect([one.status, two.status, calls()]).toEqual(['rejected', 'rejected', 1]);
  const reason: unknown = 'reason' in one ? one.reason : undefined;
  expect(reason).toBeInstanceOf(LazyLoadError);
  expect(reason).toMatchObject({
    code: 'POISE_LAZY_FAILED',
    message: expect.stringMatching(/charts.*Failed to fetch/),
  });
  expect(reason).toMatchObject({ cause: expect.any(TypeError) });
  expect(lazy.stats).toMatchObject({ state: 'failed', failures: 1 });
  expect((await lazy.load()).VERSION).toBe(3);
  expect(lazy.stats).toMatchObject({ state: 'loaded', attempts: 2, failures: 1 });
});

test('a loader that throws at once, or gives a plain value, will do', async () => {
  let fail = true;
  const lazy = own(
    new LazyLoader(() => {
      if (fail) throw new RangeError('no');
      return 7;
    }),
  );
  await expect(lazy.load()).rejects.toMatchObject({ cause: expect.any(RangeError) });
  fail = false;
  expect(await lazy.load()).toBe(7);
});

test('undefined is a value too', async () => {
  let calls = 0;
  const lazy = own(new LazyLoader(() => void calls++));
  await lazy.load();
  await lazy.load();
  expect([calls, lazy.isLoaded()]).toEqual([1, true]);
});

test('load time is what the attempt took; a time-out fails, and what comes late is kept', async () => {
  const clock = new VirtualClock();
  let resolve: (value: string) => void = () => undefined;
  const promise = new Promise<string>((done) => {
    resolve = done;
  });
  const lazy = own(new LazyLoader(() => promise, { timeoutMs: 1_000 }, { clock }));
  const first = lazy.load();
  clock.advance(1_000);
  await expect(first).rejects.toMatchObject({ code: 'POISE_LAZY_TIMEOUT', message: expect.stringMatching(/1000 ms/) });
  expect(lazy.stats.state).toBe('failed');
  const second = lazy.load();
  clock.advance(500);
  resolve('late');
  expect(await second).toBe('late');
  expect(clock.waiting).toBe(0);
  expect(lazy.stats).toMatchObject({ state: 'loaded', attempts: 2, failures: 1 });
});

test('the stream tells of each state, and completes', async () => {
  const clock = new VirtualClock();
  const lazy = new LazyLoader(() => 1, undefined, { clock });
  const states: string[] = [];
  let completed = false;
  lazy.stats$.subscribe({ next: ({ state }) => states.push(state), complete: () => (completed = true) });
  await lazy.load();
  clock.advance(100);
  lazy[disposeSymbol]();
  lazy[disposeSymbol]();
  expect([states.at(0), states.at(-1), completed]).toEqual(['idle', 'loaded', true]);
});

test('preloads on idle, or not when that is cancelled', async () => {
  const { load, calls } = counting();
  const lazy = own(new LazyLoader(load));
  const cancel = lazy.preloadOnIdle();
  expect(lazy.stats.waitingPreloads).toBe(1);
  cancel();
  cancel();
  expect([lazy.stats.waitingPreloads, calls()]).toEqual([0, 0]);
  lazy.preloadOnIdle({ timeoutMs: 10 });
  await expect.poll(() => lazy.isLoaded()).toBe(true);
  expect([lazy.stats.waitingPreloads, calls()]).toEqual([0, 1]);
});

test('preloads when the element comes near the viewport', async () => {
  const { load, calls } = counting();
  const lazy = own(new LazyLoader(load));
  const element = mount();
  element.style.cssText = 'position: absolute; top: 10000px';
  lazy.preloadOnVisible(element);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(calls()).toBe(0);
  element.style.top = '0';
  await expect.poll(() => lazy.isLoaded()).toBe(true);
  expect([calls(), lazy.stats.waitingPreloads]).toEqual([1, 0]);
});

test('without IntersectionObserver, visible means now', async () => {
  const clock = new VirtualClock();
  const environment = { ...clock.environment, IntersectionObserver: undefined };
  const lazy = own(new LazyLoader(() => 1, undefined, { clock, environment }));
  lazy.preloadOnVisible(mount());
  await expect.poll(() => lazy.isLoaded()).toBe(true);
  expect(lazy.stats.waitingPreloads).toBe(0);
});

test.each(['pointerenter', 'focusin', 'touchstart'])(
  'preloads on %s, again after a failure, then no more',
  async (type) => {
    const { load, calls } = counting(1);
    const lazy = own(new LazyLoader(load));
    const codes: string[] = [];
    lazy.errors$.subscribe(({ code }) => codes.push(code));
    const element = mount();
    lazy.preloadOnIntent(element);
    element.dispatchEvent(new Event(type));
    await expect.poll(() => codes).toEqual(['POISE_LAZY_FAILED']);
    element.dispatchEvent(new Event(type));
    await expect.poll(() => lazy.isLoaded()).toBe(true);
    expect([calls(), lazy.stats.waitingPreloads]).toEqual([2, 0]);
  },
);

test('a cancelled or disposed preload never loads', async () => {
  const { load, calls } = counting();
  const lazy = new LazyLoader(load);
  const element = mount();
  lazy.preloadOnIntent(element)();
  lazy.preloadOnIntent(element);
  lazy.preloadOnVisible(element);
  lazy.preloadOnIdle();
  lazy[disposeSymbol]();
  element.dispatchEvent(new Event('focusin'));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect([calls(), lazy.stats.waitingPreloads]).toEqual([0, 0]);
  await expect(lazy.load()).rejects.toMatchObject({ code: 'POISE_LAZY_DISPOSED' });
  expect(lazy.preloadOnIdle()).toBeTypeOf('function');
});

test('elements are held weakly', async (context) => {
  const collect: unknown = Reflect.get(globalThis, 'gc');
  if (typeof collect !== 'function') return context.skip();
  const lazy = own(new LazyLoader(() => 1));
  const arm = () => {
    const element = document.createElement('button');
    lazy.preloadOnIntent(element);
    lazy.preloadOnVisible(element);
    return new WeakRef(element);
  };
  const held = arm();
  // A task of its own each time: what deref() gave lives to the end of its task.
  for (let turn = 0; turn < 20; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    collect();
  }
  expect(held.deref()).toBeUndefined();
});

test('bad options are refused by name', () => {
  // @ts-expect-error no loader
  expect(() => new LazyLoader()).toThrow(/loader/);
  expect(() => new LazyLoader(() => 1, { timeoutMs: -1 })).toThrow(ConfigError);
  // @ts-expect-error there is no such option
  expect(() => new LazyLoader(() => 1, { retries: 3 })).toThrow(/retries/);
});
