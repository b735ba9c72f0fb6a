import { describe, expect, test } from 'vitest';
import { commands } from 'vitest/browser';
import { expectSame, startCapture, testServer } from './capturing.js';

const server = testServer();
const url = (path: string) => `${server.origin}${path}`;
const get = (path: string) => fetch(url(path));

const text = (response: Response) => response.text();
async function byReader(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let all = '';
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read())
    all += decoder.decode(next.value);
  return all;
}
async function byIteration(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let all = '';
  if (response.body) for await (const chunk of response.body) all += decoder.decode(chunk);
  return all;
}
const canIterate = Symbol.asyncIterator in ReadableStream.prototype;

const READS: readonly (readonly [string, (response: Response) => Promise<unknown>])[] = [
  ['text()', text],
  ['json()', (response) => response.json()],
  ['arrayBuffer()', async (response) => new TextDecoder().decode(await response.arrayBuffer())],
  ['blob()', async (response) => (await response.blob()).text()],
  ['a reader', byReader],
  ['a clone', (response) => response.clone().text()],
  ['the original, after a clone of it', (response) => response.clone() && response.text()],
  ['one branch of tee()', async (response) => new Response(response.body?.tee()[1]).body && 'teed'],
  ...(canIterate ? ([['for await', byIteration]] as const) : []),
];

const JSON_TEXT = '{"name":"größe","list":[1,true,null,"two"],"nested":{"deep":{"a":1.5}}}';
const JSON_BYTES = new TextEncoder().encode(JSON_TEXT).length;
const mirror = () => fetch(url('/mirror'), { method: 'POST', body: JSON_TEXT });

test.each(READS)('read by %s the app gets the same, and its beginning is captured', async (how, read) => {
  await expectSame(async () => read(await mirror()));
  if (how.startsWith('one branch')) return;
  const { until } = startCapture({ bodies: true });
  await read(await mirror());
  const [entry] = await until(1);
  expect(entry?.requestBody).toEqual({ text: JSON_TEXT, bytes: JSON_BYTES, cutBytes: 0, omitted: undefined });
  expect(JSON.parse(entry?.responseBody?.text ?? '')).toEqual(JSON.parse(JSON_TEXT));
});

test('read failures are the same: twice, broken JSON, in the middle', async () => {
  await expectSame(async () => {
    const response = await mirror();
    await response.text();
    return response.json();
  });
  expect(await expectSame(async () => (await get('/text?of=%7B"a')).json())).toHaveProperty('thrown');
  // WebKit takes a stream that breaks off for one that ends.
  const breaks = 'thrown' in Object(await expectSame(async () => text(await get('/stream?drop'))));
  const { until } = startCapture({ bodies: true });
  await get('/stream?drop')
    .then(byReader, () => '')
    .catch(() => '');
  const [entry] = await until(1);
  expect(entry?.responseBody).toMatchObject({
    text: expect.stringContaining('data: 0'),
    omitted: breaks ? 'cancelled' : undefined,
  });
});

test('null bodies, opaque ones and ones that the app pipes on, caches or gives up', async () => {
  const { capture, entries } = startCapture({ bodies: true });
  await get('/empty');
  await fetch(url('/text?no-cors'), { mode: 'no-cors' });
  await fetch(url('/text'), { method: 'HEAD' });
  const upper = new TransformStream({ transform: (chunk, controller) => controller.enqueue(chunk) });
  await new Response((await get('/text?piped')).body?.pipeThrough(upper)).text();
  await (await get('/text?cancelled')).body?.cancel();
  // Not every browser tells of a timing where the app has given up.
  capture.stop();
  expect(entries).toHaveLength(5);
  const of = (part: string) => entries.find((entry) => entry.url.endsWith(part) || entry.method === part)?.responseBody;
  expect([of('/empty'), of('?no-cors'), of('HEAD')]).toEqual([undefined, undefined, undefined]);
  expect(of('?piped')).toMatchObject({ text: '', omitted: 'piped', bytes: undefined });
  expect(of('?cancelled')).toMatchObject({ text: '', omitted: 'cancelled' });
});

test('what the browser takes a response for by itself works', async () => {
  const wasm = String.fromCharCode(0, 97, 115, 109, 1, 0, 0, 0);
  await expectSame(async () => {
    const response = await get(`/text?size=1&type=application/wasm&of=${encodeURIComponent(wasm)}`);
    return String(await WebAssembly.compileStreaming(response));
  });
  await expectSame(async () => {
    const cache = await caches.open('network-bodies');
    const response = await mirror();
    await cache.put(url('/cached'), response);
    const used = response.bodyUsed;
    const cached = await (await cache.match(url('/cached')))?.text();
    await caches.delete('network-bodies');
    return [used, cached];
  });
  await expectSame(async () => new Response((await mirror()).body).text());
});

describe('streams', () => {
  test('chunks come as they are sent, without waiting for the end', async () => {
    for (const config of [{}, { bodies: true }]) {
      const { capture } = startCapture(config);
      const response = await get('/stream?chunks=40&ms=50');
      const reader = response.body?.getReader();
      const first = new TextDecoder().decode((await reader?.read())?.value);
      const { givenUp } = await commands.readHttpServer(server.origin);
      await reader?.cancel();
      expect(first).toContain('data: 0');
      expect(first).not.toContain('data: 39');
      await expect
        .poll(async () => (await commands.readHttpServer(server.origin)).givenUp, { timeout: 5_000 })
        .toBeGreaterThan(givenUp);
      capture.stop();
    }
  });

  /** How much a server sends of a stream of which the app reads one chunk, till nothing more goes out. */
  async function sentUnread(): Promise<number> {
    const { streamed: before } = await commands.readHttpServer(server.origin);
    const reader = (await get('/endless')).body?.getReader();
    await reader?.read();
    let streamed = -1;
    for (let last = -2; streamed !== last; ) {
      await new Promise((resolve) => setTimeout(resolve, 400));
      last = streamed;
      ({ streamed } = await commands.readHttpServer(server.origin));
    }
    await reader?.cancel();
    return streamed - before;
  }

  test('a stream that the app does not read on is held back as without capture, and is not kept', async () => {
    const plain = await sentUnread();
    const { capture, entries } = startCapture({ bodies: true, maxBodySize: 100 });
    // Between server and page there is room for some megabytes, which are not always filled alike.
    expect(await sentUnread()).toBeLessThan(plain * 1.5 + 2_000_000);
    capture.stop();
    expect(entries[0]?.responseBody).toMatchObject({ omitted: 'cancelled', bytes: undefined, cutBytes: undefined });
    expect(entries[0]?.responseBody?.text).toBe('x'.repeat(100));
  });
});

describe('cut and left out', () => {
  test('a long body is cut on a whole character, and says by how much', async () => {
    const { until } = startCapture({ bodies: true, maxBodySize: 100 });
    await get('/text?size=1000&of=%E2%82%AC').then(text);
    await get('/text?size=1000&of=%E2%82%AC').then(byReader);
    for (const entry of await until(2)) {
      expect(entry.responseBody).toEqual({ text: '€'.repeat(33), bytes: 3_000, cutBytes: 2_900, omitted: undefined });
    }
  });

  test('what is not text is counted only', async () => {
    const { until } = startCapture({ bodies: true });
    await get('/text?size=500&type=image/png').then((response) => response.arrayBuffer());
    await get('/text?size=5&of=%00%01&type=').then((response) => response.arrayBuffer());
    const entries = await until(2);
    expect(entries[0]?.responseBody).toEqual({ text: undefined, bytes: 500, cutBytes: 500, omitted: 'binary' });
    expect(entries[1]?.responseBody?.omitted).toBe('binary');
  });

  test('bodies of requests, by kind', async () => {
    const { until } = startCapture({ bodies: true, headers: true });
    const form = new FormData();
    form.set('field', 'a value');
    form.set('file', new File(['content'], 'name.txt'));
    const bodies = [
      'text',
      new Blob(['a blob']),
      new TextEncoder().encode('bytes'),
      new URLSearchParams({ a: '1' }),
      form,
    ];
    for (const body of bodies)
      await fetch(url('/echo'), { method: 'POST', body, headers: { 'x-kind': 'mine' } }).then(text);
    await fetch(new Request(url('/echo'), { method: 'POST', body: 'hidden' })).then(text);
    const entries = await until(6);
    expect(entries.map(({ requestBody }) => requestBody?.text)).toEqual([
      'text',
      'a blob',
      'bytes',
      'a=1',
      'field=a%20value&file=(name.txt%2C%207%20bytes)',
      '',
    ]);
    expect(entries[5]?.requestBody?.omitted).toBe('request-object');
    expect(entries[0]?.requestHeaders).toEqual({ 'x-kind': 'mine' });
    expect(entries[0]?.responseHeaders).toMatchObject({ 'x-answer': '42', 'content-type': 'application/json' });
  });

  test.each(['', 'json', 'blob', 'arraybuffer'] as const)('XMLHttpRequest, responseType "%s"', async (type) => {
    const { until } = startCapture({ bodies: true, headers: true });
    await new Promise((resolve) => {
      const xhr = new XMLHttpRequest();
      xhr.open('POST', url('/mirror'));
      xhr.setRequestHeader('x-kind', 'mine');
      xhr.responseType = type;
      xhr.onloadend = resolve;
      xhr.send(JSON_TEXT);
    });
    const [entry] = await until(1);
    expect(entry?.requestHeaders).toEqual({ 'x-kind': 'mine' });
    expect(entry?.responseHeaders).toMatchObject({ 'content-type': 'application/json' });
    expect(entry?.requestBody?.text).toBe(JSON_TEXT);
    expect(JSON.parse(entry?.responseBody?.text ?? '')).toEqual(JSON.parse(JSON_TEXT));
  });
});
