import { expect, onTestFinished, test } from 'vitest';
import { NetworkCapture, type NetworkEntry, observeNetwork, withoutCapture } from '../../../src/collect/index.js';
import { ConfigError, detectEnvironment, disposeSymbol } from '../../../src/core/index.js';
import { startCapture, testServer } from './capturing.js';

const server = testServer();
const get = async (name: string) => (await fetch(`${server.origin}/text?${name}`)).text();
const names = (entries: readonly NetworkEntry[]) => entries.map(({ url }) => new URL(url).search.slice(1)).sort();

const GLOBALS = [
  [window, 'fetch'],
  [XMLHttpRequest.prototype, 'open'],
  [XMLHttpRequest.prototype, 'send'],
  [XMLHttpRequest.prototype, 'setRequestHeader'],
  [Response.prototype, 'json'],
  [Response.prototype, 'body'],
  [ReadableStream.prototype, 'getReader'],
  [ReadableStreamDefaultReader.prototype, 'read'],
] as const;
const descriptors = () => GLOBALS.map(([target, name]) => Object.getOwnPropertyDescriptor(target, name));

test('stop() gives everything back as it was', async () => {
  const before = descriptors();
  const symbols = Object.getOwnPropertySymbols(window);
  const { capture } = startCapture({ headers: true, bodies: true });
  // What reads bodies is wrapped when the first comes.
  await get('a');
  for (const [at, descriptor] of descriptors().entries()) expect(descriptor).not.toEqual(before[at]);
  capture.stop();
  expect(descriptors()).toEqual(before);
  expect(Object.getOwnPropertySymbols(window)).toEqual(symbols);
});

test('only what is asked for is wrapped', () => {
  const before = descriptors();
  const { capture } = startCapture();
  expect(descriptors().filter((descriptor, at) => descriptor?.value !== before[at]?.value)).toHaveLength(3);
  capture.stop();
});

test('started twice it captures once, and goes on after a stop', async () => {
  const { capture, until } = startCapture();
  capture.start();
  await get('a');
  await until(1);
  capture.stop();
  capture.stop();
  await get('between');
  capture.start();
  await get('b');
  expect(names(await until(2))).toEqual(['a', 'b']);
  expect(capture.stats).toMatchObject({ running: true, failed: 0, dropped: 0 });
});

test('two captures have one entry each, with one id; the one that stays goes on', async () => {
  const first = startCapture();
  const second = startCapture();
  await get('both');
  const [[a], [b]] = await Promise.all([first.until(1), second.until(1)]);
  expect(a?.id).toBe(b?.id);
  first.capture.stop();
  await get('second');
  await second.until(2);
  expect(names(first.entries)).toEqual(['both']);
  expect(names(second.entries)).toEqual(['both', 'second']);
});

test('somebody else wraps after us: nothing breaks, theirs stays, and ours never stacks', async () => {
  const native = window.fetch;
  onTestFinished(() => {
    window.fetch = native;
  });
  const { capture, entries, until } = startCapture();
  const ours = window.fetch;
  let theirs = 0;
  const wrapper: typeof fetch = (...args) => {
    theirs++;
    return ours(...args);
  };
  window.fetch = wrapper;
  await get('on');
  await until(1);
  for (let round = 0; round < 3; round++) {
    capture.stop();
    expect(window.fetch).toBe(wrapper);
    await get('off');
    capture.start();
    expect(window.fetch).toBe(wrapper);
    await get('again');
    await until(2 + round);
  }
  expect(names(entries)).toEqual(['again', 'again', 'again', 'on']);
  expect(theirs).toBe(7);
  // They go before us: ours is on top again, and goes as if they had never been.
  window.fetch = ours;
  capture.stop();
  expect(window.fetch).toBe(native);
});

test('the same for XMLHttpRequest', async () => {
  const { prototype } = XMLHttpRequest;
  const native = prototype.send;
  onTestFinished(() => {
    prototype.send = native;
  });
  const { capture, entries, until } = startCapture();
  const ours = prototype.send;
  prototype.send = function (...args) {
    Reflect.apply(ours, this, args);
  };
  const load = (name: string) =>
    new Promise((resolve) => {
      const xhr = new XMLHttpRequest();
      xhr.open('GET', `${server.origin}/text?${name}`);
      xhr.onloadend = resolve;
      xhr.send();
    });
  await load('on');
  await until(1);
  capture.stop();
  await load('off');
  capture.start();
  await load('again');
  await until(2);
  expect(names(entries)).toEqual(['again', 'on']);
  prototype.send = ours;
  capture.stop();
  expect(prototype.send).toBe(native);
});

test("poise's own requests are left out, without a header", async () => {
  const { entries, until } = startCapture();
  const fetched = await withoutCapture(() => fetch(`${server.origin}/echo`));
  expect((await fetched.json()).headers).not.toHaveProperty('x-poise');
  await withoutCapture(
    () =>
      new Promise((resolve) => {
        const xhr = new XMLHttpRequest();
        xhr.open('GET', `${server.origin}/text?own`);
        xhr.onloadend = resolve;
        xhr.send();
      }),
  );
  expect(() =>
    withoutCapture(() => {
      throw new Error('mine');
    }),
  ).toThrow('mine');
  await get('theirs');
  await until(1);
  expect(names(entries)).toEqual(['theirs']);
});

test('the stream is cold: it captures while somebody listens', async () => {
  const native = window.fetch;
  const entries$ = observeNetwork({ resourceTiming: false });
  expect(window.fetch).toBe(native);
  const entries: NetworkEntry[] = [];
  const subscription = entries$.subscribe((entry) => entries.push(entry));
  expect(window.fetch).not.toBe(native);
  await get('heard');
  subscription.unsubscribe();
  await get('unheard');
  expect(window.fetch).toBe(native);
  expect(names(entries.filter(({ url }) => url.includes('127.0.0.1')))).toEqual(['heard']);
});

test('stop() hands on what is over and still waits', async () => {
  const { capture, entries } = startCapture({ bodies: true });
  await fetch(`${server.origin}/text?unread`);
  expect(capture.stats.waiting).toBeGreaterThan(0);
  capture.stop();
  expect(entries).toMatchObject([{ status: 200, responseBody: { text: '', omitted: 'unread', bytes: undefined } }]);
});

test('a request under way at stop() ends for the app, and is not told', async () => {
  const { capture, entries } = startCapture();
  const answer = fetch(`${server.origin}/echo?ms=50`);
  capture.stop();
  expect((await answer).status).toBe(200);
  expect(entries).toEqual([]);
});

test('sinks are given every entry; one that throws is told of, and harms nobody', async () => {
  const [added, logged]: [NetworkEntry[], NetworkEntry[]] = [[], []];
  const sinks = [
    { add: (entry: NetworkEntry) => added.push(entry) },
    {
      add: () => {
        throw new Error('full');
      },
    },
    { addEntry: (entry: NetworkEntry) => logged.push(entry) },
  ];
  const capture = new NetworkCapture({ resourceTiming: false }, { sinks });
  const errors: string[] = [];
  capture.errors$.subscribe(({ message }) => errors.push(message));
  capture.start();
  await get('sunk');
  capture[disposeSymbol]();
  expect(added.length).toBeGreaterThan(0);
  expect(logged).toEqual(added);
  expect(errors[0]).toContain('full');
});

test('where there is neither fetch nor XMLHttpRequest, or they are locked, it is silent', () => {
  const locked = Object.freeze({ fetch: () => Promise.resolve() });
  for (const scope of [{}, locked]) {
    const { capture } = startCapture({ headers: true, bodies: true }, { scope });
    capture.stop();
  }
  expect(Reflect.ownKeys(locked)).toEqual(['fetch']);
});

test('without PerformanceObserver entries come at once, with what scripts see', async () => {
  const environment = { ...detectEnvironment(), PerformanceObserver: undefined };
  const { entries } = startCapture({}, { environment });
  await get('plain');
  expect(entries).toMatchObject([{ timing: 'script', responseBytes: 10 }]);
});

test.each([
  [{ maxBodySize: 0 }, 'maxBodySize'],
  [{ redact: 'everything' }, 'redact'],
  [{ body: true }, 'body'],
])('%j is refused by name', (config, option) => {
  expect(() => Reflect.construct(NetworkCapture, [config])).toThrow(expect.objectContaining({ option }));
  expect(() => Reflect.apply(observeNetwork, undefined, [config])).toThrow(ConfigError);
});
