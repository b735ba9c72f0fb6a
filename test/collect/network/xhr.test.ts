import { describe, expect, test } from 'vitest';
import { commands } from 'vitest/browser';
import { expectSame, startCapture, testServer } from './capturing.js';

const server = testServer();
const url = (path: string) => `${server.origin}${path}`;

const EVENTS = ['readystatechange', 'loadstart', 'progress', 'load', 'error', 'abort', 'timeout', 'loadend'] as const;

/** Sends one request, and gives every event in order with what could be read at it. Progress comes as often as it likes. */
function send(
  path: string,
  set: (xhr: XMLHttpRequest) => void = () => undefined,
  { method = 'GET', body = null }: { method?: string; body?: XMLHttpRequestBodyInit | null } = {},
): Promise<unknown> {
  return new Promise((resolve) => {
    const xhr = new XMLHttpRequest();
    const events = new Set<string>();
    for (const type of EVENTS) {
      xhr.addEventListener(type, (event) => events.add(`${type} ${xhr.readyState} ${xhr.status} ${event.isTrusted}`));
    }
    xhr.addEventListener('loadend', ({ loaded }) => {
      resolve({
        events: [...events],
        loaded,
        at: xhr.responseURL,
        response: String(xhr.response),
        text: xhr.statusText,
      });
    });
    xhr.open(method, url(path));
    set(xhr);
    xhr.send(body);
  });
}

test('an entry tells what was asked, what came back, when and how much', async () => {
  const { until } = startCapture();
  await send('/text?size=1000', undefined, { method: 'post', body: 'größe' });
  const [entry] = await until(1);
  expect(entry).toMatchObject({
    kind: 'xhr',
    method: 'POST',
    url: url('/text?size=1000'),
    status: 200,
    ok: true,
    type: undefined,
    requestBytes: 7,
    responseBytes: 1_000,
    error: undefined,
    aborted: false,
  });
  expect(entry?.ttfbMs).toBeGreaterThan(0);
  expect(entry?.durationMs).toBeGreaterThanOrEqual(entry?.ttfbMs ?? 0);
});

describe('the app sees the same', () => {
  test('the class, its prototype and its objects look the same', async () => {
    await expectSame(() => {
      const xhr = new XMLHttpRequest();
      class Mine extends XMLHttpRequest {}
      return [
        XMLHttpRequest.name,
        XMLHttpRequest.length,
        [XMLHttpRequest.UNSENT, XMLHttpRequest.OPENED, XMLHttpRequest.DONE, xhr.LOADING],
        xhr instanceof XMLHttpRequest,
        xhr.constructor === XMLHttpRequest,
        new Mine() instanceof Mine,
        Reflect.ownKeys(xhr),
        Reflect.ownKeys(XMLHttpRequest.prototype).map(String),
        [xhr.open.name, xhr.open.length, xhr.send.name, xhr.send.length],
        /\[native code\]/.test(Function.prototype.toString.call(xhr.send)),
      ];
    });
    await expectSame(() => Reflect.apply(XMLHttpRequest.prototype.open, {}, ['GET', '/']));
    await expectSame(() => new XMLHttpRequest().send());
    await expectSame(() => Reflect.apply(XMLHttpRequest.prototype.open, new XMLHttpRequest(), ['GET']));
  });

  test('events, states and responses of every way to end', async () => {
    expect(await expectSame(() => send('/text?size=20'))).toMatchObject({ value: { response: 'x'.repeat(20) } });
    await expectSame(() => send('/redirect?to=/text'));
    await expectSame(() => send('/empty'));
    await expectSame(() => send('/text', undefined, { method: 'HEAD' }));
    await expectSame(() => send('/echo?status=503&ms=10').then(() => 'answered'));
    await expectSame(() => send('/text?no-cors'));
    await expectSame(() => send('/drop'));
    await expectSame(() => send('/echo?ms=2000', (xhr) => Object.assign(xhr, { timeout: 40 })));
    await expectSame(() => send('/echo?ms=2000', (xhr) => setTimeout(() => xhr.abort(), 40)));
    await expectSame(() => send('/stream?chunks=50&ms=20', (xhr) => setTimeout(() => xhr.abort(), 100)).then(() => 0));
  });

  test.each(['', 'text', 'json', 'blob', 'arraybuffer', 'document'] as const)('responseType "%s"', async (type) => {
    const read = (of: string, mime: string) => () =>
      new Promise((resolve) => {
        const xhr = new XMLHttpRequest();
        xhr.open('GET', url(`/text?size=1&of=${encodeURIComponent(of)}&type=${encodeURIComponent(mime)}`));
        xhr.responseType = type;
        xhr.onload = async () => {
          const { response } = xhr;
          const same = xhr.response === response;
          if (response instanceof Blob) resolve([same, response.type, await response.text()]);
          else if (response instanceof ArrayBuffer) resolve([same, new TextDecoder().decode(response)]);
          else if (response instanceof Document) resolve([same, response.documentElement.outerHTML]);
          else resolve([same, response]);
        };
        xhr.send();
      });
    await expectSame(read('{"a":[1,"two"]}', 'application/json'));
    await expectSame(read('{"broken', 'application/json'));
    await expectSame(read('<p>text</p>', 'text/html'));
  });

  test('upload progress, without a preflight that would not be there', async () => {
    const upload = (watch: boolean) => () =>
      new Promise((resolve) => {
        const xhr = new XMLHttpRequest();
        const seen = new Set<string>();
        xhr.open('POST', url('/text'));
        if (watch) {
          for (const type of ['loadstart', 'progress', 'load', 'loadend'] as const) {
            xhr.upload.addEventListener(type, () => seen.add(type));
          }
        }
        xhr.onloadend = () => resolve([...seen]);
        xhr.send('x'.repeat(100_000));
      });
    const before = (await commands.readHttpServer(server.origin)).requests.length;
    await expectSame(upload(false));
    const { requests } = await commands.readHttpServer(server.origin);
    expect(requests.slice(before)).toEqual(['POST /text', 'POST /text', 'POST /text']);
    expect(await expectSame(upload(true))).toEqual({ value: ['loadstart', 'progress', 'load', 'loadend'] });
  });

  test('requests that do not wait', async () => {
    const now = (path: string) => () => {
      const xhr = new XMLHttpRequest();
      const events: string[] = [];
      for (const type of EVENTS) xhr.addEventListener(type, () => events.push(`${type} ${xhr.readyState}`));
      xhr.open('GET', url(path), false);
      xhr.send();
      return [xhr.status, xhr.responseText, events];
    };
    expect(await expectSame(now('/text'))).toMatchObject({ value: [200, 'x'.repeat(10), expect.anything()] });
    expect(await expectSame(now('/text?no-cors'))).toHaveProperty('thrown');
    const { until } = startCapture();
    now('/text?sync')();
    expect(now('/text?no-cors')).toThrow();
    const entries = await until(2);
    expect(entries.find(({ url: at }) => at.endsWith('?sync'))).toMatchObject({ status: 200, responseBytes: 10 });
    expect(entries.find(({ url: at }) => at.endsWith('?no-cors'))).toMatchObject({ error: { name: 'NetworkError' } });
  });

  test('one object used again: after its end, in its own load, and while it is under way', async () => {
    const again = () =>
      new Promise((resolve) => {
        const xhr = new XMLHttpRequest();
        const log: string[] = [];
        for (const type of ['load', 'abort', 'loadend'] as const) {
          xhr.addEventListener(type, () => log.push(`${type} ${xhr.responseURL.split('?')[1]}`));
        }
        xhr.onload = () => {
          if (!xhr.responseURL.endsWith('?first')) return;
          xhr.open('GET', url('/text?second'));
          xhr.send();
          xhr.open('GET', url('/text?third'));
          xhr.send();
        };
        xhr.onloadend = () => {
          if (xhr.responseURL.endsWith('?third')) setTimeout(() => resolve(log), 20);
        };
        xhr.open('GET', url('/text?first'));
        xhr.send();
      });
    await expectSame(again);
    const { until } = startCapture();
    await again();
    const entries = await until(3);
    const of = (name: string) => entries.filter(({ url: at }) => at.endsWith(`?${name}`));
    expect(of('first')).toMatchObject([{ status: 200, aborted: false }]);
    expect(of('second')).toMatchObject([{ status: 0, aborted: true }]);
    expect(of('third')).toMatchObject([{ status: 200, aborted: false }]);
  });
});

test('failures, aborts and timeouts are told apart', async () => {
  const { until } = startCapture();
  await send('/drop');
  await send('/echo?ms=2000', (xhr) => setTimeout(() => xhr.abort(), 30));
  await send('/echo?ms=2000', (xhr) => Object.assign(xhr, { timeout: 30 }));
  const [dropped, aborted, late] = await until(3);
  expect(dropped).toMatchObject({ status: 0, error: { name: 'NetworkError' }, aborted: false });
  expect(aborted).toMatchObject({ status: 0, error: { name: 'AbortError' }, aborted: true });
  expect(late).toMatchObject({ status: 0, error: { name: 'TimeoutError' }, aborted: false });
});
