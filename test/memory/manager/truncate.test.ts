import { expect, test } from 'vitest';
import { MemoryManager } from '../../../src/memory/index.js';

const LIMIT = 10;
const manager = () => new MemoryManager({ maxBodySize: LIMIT });

test.each([
  ['null', null, 0],
  ['undefined', undefined, 0],
  ['a number', 42, 8],
  ['an empty text', '', 0],
  ['a text that just fits', 'ääääa', 9],
  ['a buffer that just fits', new ArrayBuffer(LIMIT), LIMIT],
  ['a short Blob', new Blob(['short']), 5],
])('%s stays as it is', (_, body, bytes) => {
  const result = manager().truncateResponseBody(body);
  expect(result).toEqual({ body, truncated: false, originalBytes: bytes, keptBytes: bytes, cutBytes: 0 });
  expect(result.body).toBe(body);
});

test('objects are estimated and left alone', () => {
  const body = { items: ['a long text, over the limit'] };
  expect(manager().truncateResponseBody(body)).toMatchObject({ body, truncated: false, cutBytes: 0 });
  expect(manager().truncateResponseBody(body).originalBytes).toBeGreaterThan(LIMIT);
});

test('elements of several bytes are kept whole', () => {
  const { body, keptBytes } = manager().truncateResponseBody(Float32Array.of(1, 2, 3, 4));
  expect(body).toEqual(Float32Array.of(1, 2));
  expect(keptBytes).toBe(8);
  expect(manager().truncateResponseBody(new BigInt64Array(3)).body).toEqual(new BigInt64Array(1));
});

test('what was cut off a view is not kept alive by it', () => {
  const large = new Uint8Array(1_000_000);
  const { body } = manager().truncateResponseBody(large.subarray(5));
  expect(body.buffer.byteLength).toBe(LIMIT);
  const { body: view } = manager().truncateResponseBody(new DataView(large.buffer, 5));
  expect(view.buffer.byteLength).toBe(LIMIT);
});

test('a subclass whose slice() shares the memory is copied all the same', () => {
  class Chunk extends Uint8Array<ArrayBuffer> {
    override slice(start?: number, end?: number) {
      return this.subarray(start, end);
    }
  }
  const { body } = manager().truncateResponseBody(new Chunk(new ArrayBuffer(1_000)));
  expect(body).toBeInstanceOf(Chunk);
  expect(body.buffer.byteLength).toBe(LIMIT);
});

test.runIf(typeof SharedArrayBuffer !== 'undefined')('shared memory is cut too', () => {
  const shared = new SharedArrayBuffer(100);
  const { body, cutBytes } = manager().truncateResponseBody(shared);
  expect(body).toBeInstanceOf(SharedArrayBuffer);
  expect(body.byteLength).toBe(LIMIT);
  expect(cutBytes).toBe(90);
  expect(manager().truncateResponseBody(new Uint8Array(shared)).body.byteLength).toBe(LIMIT);
});

test('a Blob is cut at once, and keeps its type', async () => {
  const { body, originalBytes, keptBytes } = manager().truncateResponseBody(
    new Blob(['0123456789 and more'], { type: 'text/plain' }),
  );
  expect(body.type).toBe('text/plain');
  expect([originalBytes, keptBytes, body.size]).toEqual([19, LIMIT, LIMIT]);
  expect(await body.text()).toBe('0123456789');
});

test('lone surrogates are kept as they are', () => {
  const text = `a\ud800b${'\udfff'.repeat(5_000)}`;
  const { body, keptBytes, originalBytes } = new MemoryManager({ maxBodySize: 14_000 }).truncateResponseBody(text);
  expect(text.startsWith(body)).toBe(true);
  expect(originalBytes).toBe(15_005);
  expect(keptBytes).toBe(5 + 3 * 4_665);
});

test('detached buffers and proxies that refuse are left alone', () => {
  const buffer = new ArrayBuffer(100);
  const view = new Uint8Array(buffer);
  const dataView = new DataView(buffer);
  structuredClone(buffer, { transfer: [buffer] });
  const refuse = () => {
    throw new Error('no');
  };
  const proxy = new Proxy({}, { get: refuse, getPrototypeOf: refuse, ownKeys: refuse });
  for (const body of [buffer, view, dataView, proxy]) {
    const result = manager().truncateResponseBody(body);
    expect(result.truncated).toBe(false);
    expect(Object.is(result.body, body)).toBe(true);
    expect(result.cutBytes).toBe(0);
  }
});

test('a limit of 0 keeps nothing', () => {
  const none = new MemoryManager({ maxBodySize: 0 });
  expect(none.truncateResponseBody('text')).toMatchObject({ body: '', keptBytes: 0, cutBytes: 4 });
  expect(none.truncateResponseBody(new Uint8Array(3)).body).toEqual(new Uint8Array(0));
});

test('what is cut is counted', () => {
  const counted = manager();
  counted.truncateResponseBody('0123456789 and more');
  counted.truncateResponseBody('short');
  expect(counted.stats).toMatchObject({ truncatedBodies: 1, truncatedBytes: 9 });
});
