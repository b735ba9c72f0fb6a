import { describe, expect, test } from 'vitest';
import { CONFIGS, expectSame, outcome, startCapture, testServer } from './capturing.js';

const server = testServer();
const url = (path: string) => `${server.origin}${path}`;

test('an entry tells what was asked, what came back, when and how much', async () => {
  const { until } = startCapture();
  const startedAt = performance.now();
  const response = await fetch(url('/text?size=1000'), { method: 'post', body: 'größe' });
  await response.text();
  const endedAt = performance.now();
  const [entry] = await until(1);
  expect(entry).toMatchObject({
    kind: 'fetch',
    method: 'POST',
    url: url('/text?size=1000'),
    status: 200,
    ok: true,
    type: 'cors',
    redirected: false,
    requestBytes: 7,
    responseBytes: 1_000,
    error: undefined,
    aborted: false,
    requestHeaders: undefined,
    responseBody: undefined,
  });
  expect(entry?.startTime).toBeGreaterThanOrEqual(startedAt - 1);
  expect(entry?.durationMs).toBeGreaterThan(0);
  expect((entry?.startTime ?? 0) + (entry?.durationMs ?? 0)).toBeLessThanOrEqual(endedAt + 1);
  expect(entry?.ttfbMs).toBeLessThanOrEqual(entry?.durationMs ?? 0);
  expect(entry?.timestamp).toBeCloseTo(performance.timeOrigin + (entry?.startTime ?? 0), -2);
  expect(structuredClone(entry)).toEqual(entry);
});

test('resource timing tells the end of the body, where the app has the response long before', async () => {
  const { until } = startCapture();
  const response = await fetch(url('/stream?chunks=4&ms=60'));
  await response.text();
  const [entry] = await until(1);
  expect(entry?.timing).toBe('resource-timing');
  expect(entry?.durationMs).toBeGreaterThan((entry?.ttfbMs ?? 0) + 100);
});

test('without resource timing an entry comes with the response, and ids are different', async () => {
  const { entries, until } = startCapture({ resourceTiming: false });
  await fetch(url('/text'));
  await until(1);
  await fetch(new URL(url('/text')));
  const [first, second] = await until(2);
  expect(entries).toHaveLength(2);
  expect(first).toMatchObject({ timing: 'script', responseBytes: 10 });
  expect(first?.id).not.toBe(second?.id);
});

test('requests at once to one URL each have their own timing', async () => {
  const { until } = startCapture();
  await Promise.all([1, 2, 3, 4].map(async () => (await fetch(url('/echo?ms=30'))).text()));
  const entries = await until(4);
  expect(new Set(entries.map(({ id }) => id)).size).toBe(4);
  expect(entries.every(({ timing }) => timing === 'resource-timing')).toBe(true);
});

describe('the app sees the same', () => {
  test('fetch itself looks like fetch', async () => {
    await expectSame(() => [
      fetch.name,
      fetch.length,
      /\[native code\]/.test(Function.prototype.toString.call(fetch)),
      Object.getOwnPropertyNames(fetch).sort(),
      Object.keys(Object.getOwnPropertyDescriptor(window, 'fetch') ?? {}),
      Object.getOwnPropertyDescriptor(window, 'fetch')?.enumerable,
      fetch instanceof Function,
      Object.keys(window).includes('fetch'),
    ]);
    await expectSame(() => Reflect.construct(fetch, ['/']));
  });

  test('the response is untouched, by identity where somebody else keeps it', async () => {
    for (const [, config] of CONFIGS) {
      const native = window.fetch;
      const seen: Response[] = [];
      window.fetch = async (...args) => {
        const response = await native(...args);
        seen.push(response);
        return response;
      };
      try {
        const { capture } = startCapture(config);
        const response = await fetch(url('/text'));
        capture.stop();
        expect(response).toBe(seen[0]);
        expect(Reflect.ownKeys(response)).toEqual([]);
      } finally {
        window.fetch = native;
      }
    }
  });

  test('url, redirected, type, status and headers of all kinds of responses', async () => {
    const about = async (path: string, init?: RequestInit) => {
      const { url: at, redirected, type, status, ok, statusText, bodyUsed, headers } = await fetch(url(path), init);
      const names = [...headers.keys()].filter((name) => !['date', 'keep-alive', 'connection'].includes(name));
      return { at, redirected, type, status, ok, statusText, bodyUsed, names };
    };
    expect(await expectSame(() => about('/text'))).toMatchObject({ value: { type: 'cors', status: 200 } });
    expect(await expectSame(() => about('/redirect?to=/text#end'))).toMatchObject({ value: { redirected: true } });
    expect(await expectSame(() => about('/redirect', { redirect: 'manual' }))).toMatchObject({
      value: { type: 'opaqueredirect' },
    });
    expect(await expectSame(() => about('/text?no-cors', { mode: 'no-cors' }))).toMatchObject({
      value: { type: 'opaque', status: 0 },
    });
    for (const path of ['/empty', '/empty?status=205', '/empty?status=404', '/echo?status=500']) {
      await expectSame(() => about(path));
    }
    await expectSame(() => about('/text', { method: 'HEAD' }));
    await expectSame(() => about('/text', { keepalive: true }));
  });

  test('errors: refused by CORS, a broken connection, bad arguments, a bad receiver', async () => {
    for (const work of [
      () => fetch(url('/text?no-cors')),
      () => fetch(url('/drop')),
      () => fetch(url('/redirect'), { redirect: 'error' }),
      () => fetch('http://user:password@127.0.0.1/'),
      () => fetch('https://['),
      () => fetch(url('/text'), { method: 'TRACE' }),
      () => fetch(url('/text'), { body: 'a GET with a body' }),
      () => Reflect.apply(fetch, window, []),
      () => Reflect.apply(fetch, {}, [url('/text')]),
    ]) {
      expect(await expectSame(work)).toHaveProperty('thrown');
    }
  });

  test('aborts before, during and after, with reasons of its own', async () => {
    const reasons = [undefined, new Error('mine'), 'just text'];
    for (const reason of reasons) {
      await expectSame(() => fetch(url('/text'), { signal: AbortSignal.abort(reason) }));
      await expectSame(() => {
        const controller = new AbortController();
        setTimeout(() => controller.abort(reason), 20);
        return fetch(url('/echo?ms=2000'), { signal: controller.signal });
      });
      await expectSame(async () => {
        const controller = new AbortController();
        const response = await fetch(url('/stream?chunks=100&ms=20'), { signal: controller.signal });
        const reader = response.body?.getReader();
        await reader?.read();
        controller.abort(reason);
        const failure = await outcome(async () => {
          for (;;) if ((await reader?.read())?.done) return 'done';
        });
        return [failure, await outcome(async () => await reader?.closed)];
      });
      await expectSame(async () => {
        const controller = new AbortController();
        const text = await (await fetch(url('/text'), { signal: controller.signal })).text();
        controller.abort(reason);
        return text;
      });
    }
    await expectSame(() => fetch(url('/echo?ms=2000'), { signal: AbortSignal.timeout(20) }));
  });

  test('Request objects: read once, and used up once', async () => {
    const value = await expectSame(async () => {
      const request = new Request(url('/echo'), { method: 'POST', body: 'once', headers: { 'x-mine': '1' } });
      const before = request.bodyUsed;
      const { body, headers } = await (await fetch(request)).json();
      const length: unknown = headers['content-length'];
      return [before, request.bodyUsed, body, length, headers['x-mine'], await outcome(() => fetch(request))];
    });
    expect(value).toMatchObject({ value: [false, true, 'once', '4', '1', { name: 'TypeError' }] });
  });

  test('bodies of all kinds arrive', async () => {
    const form = new FormData();
    form.set('field', 'value');
    form.set('file', new File(['content'], 'name.txt'));
    const bodies = ['text', new Blob(['blob']), new Uint8Array([104, 105]), new URLSearchParams({ a: '1' }), null];
    for (const body of bodies) {
      await expectSame(async () => (await (await fetch(url('/echo'), { method: 'POST', body })).json()).body);
    }
    const sent = async () =>
      (await (await fetch(url('/echo'), { method: 'POST', body: form })).json()).body.length > 100;
    expect(await expectSame(sent)).toEqual({ value: true });
  });

  test('promises settle in the same order, and what is unhandled stays unhandled, once', async () => {
    const run = async () => {
      const unhandled: unknown[] = [];
      const onUnhandled = (event: PromiseRejectionEvent) => {
        event.preventDefault();
        unhandled.push(event.reason.name);
      };
      window.addEventListener('unhandledrejection', onUnhandled);
      const order: string[] = [];
      const aborted = (name: string) => {
        const controller = new AbortController();
        const promise = fetch(url('/echo?ms=1000'), { signal: controller.signal });
        return { controller, promise, name };
      };
      const requests = ['a', 'b', 'c'].map(aborted);
      for (const { promise, name } of requests.slice(0, 2)) promise.catch(() => order.push(name));
      for (const { controller } of requests) controller.abort();
      order.push('sync');
      await new Promise((resolve) => setTimeout(resolve, 100));
      window.removeEventListener('unhandledrejection', onUnhandled);
      return { order, unhandled };
    };
    expect(await expectSame(run)).toEqual({ value: { order: ['sync', 'a', 'b'], unhandled: ['AbortError'] } });
  });
});

describe('entries of what went wrong', () => {
  test('a failure has its error, an abort its flag, a timeout its name', async () => {
    const { until } = startCapture();
    await fetch(url('/drop')).catch(() => undefined);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    await fetch(url('/echo?ms=2000'), { signal: controller.signal }).catch(() => undefined);
    await fetch(url('/echo?ms=2000'), { signal: AbortSignal.timeout(20) }).catch(() => undefined);
    const [dropped, aborted, late] = await until(3);
    expect(dropped).toMatchObject({ status: 0, ok: false, error: { name: 'TypeError' }, aborted: false });
    expect(aborted).toMatchObject({ error: { name: 'AbortError' }, aborted: true });
    // WebKit rejects with an AbortError here too; the reason of the signal tells them apart.
    expect(late).toMatchObject({ error: { name: expect.stringMatching(/^(Timeout|Abort)Error$/) }, aborted: false });
  });

  test('an opaque response is told as one', async () => {
    const { until } = startCapture();
    await fetch(url('/text?no-cors'), { mode: 'no-cors' });
    const [entry] = await until(1);
    expect(entry).toMatchObject({ status: 0, ok: false, type: 'opaque', error: undefined, responseBytes: undefined });
  });
});

test('a stand-in for fetch that gives no promise is left alone', () => {
  const native = window.fetch;
  const answer = { status: 200 };
  Reflect.set(window, 'fetch', () => answer);
  try {
    const { capture } = startCapture();
    expect(Reflect.apply(window.fetch, window, ['/'])).toBe(answer);
    capture.stop();
  } finally {
    window.fetch = native;
  }
});
