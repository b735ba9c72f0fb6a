import { afterEach, beforeEach, expect, test } from 'vitest';
import { asyncDisposeSymbol } from '../../src/core/index.js';
import { LogFormat, LogRotator } from '../../src/logs/index.js';

let log: LogRotator;
beforeEach(() => {
  log = new LogRotator({ name: `export-${crypto.randomUUID()}`, maxFiles: 100 });
});
afterEach(async () => {
  await log.clear();
  await log[asyncDisposeSymbol]();
  indexedDB.deleteDatabase(`poise-logs:${log.config.name}`);
});

const textOf = (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => new Response(stream).text();
const fill = (count: number) => {
  for (let n = 0; n < count; n++) log.addEntry({ timestamp: n, method: 'GET', url: `/${n}`, status: 200, bytes: n });
};

test('ndjson: one entry a line, in order', async () => {
  fill(1_234);
  const lines = (await textOf(log.export('ndjson'))).split('\n');
  expect(lines.pop()).toBe('');
  expect(lines).toHaveLength(1_234);
  expect(JSON.parse(lines[7] ?? '')).toEqual({ timestamp: 7, method: 'GET', url: '/7', status: 200, bytes: 7 });
});

test('ndjson.gz is the same, gzipped', async () => {
  fill(600);
  const plain = await textOf(log.export('ndjson'));
  expect(await textOf(log.export('ndjson.gz').pipeThrough(new DecompressionStream('gzip')))).toBe(plain);
});

test('json: an array of them, of a query only', async () => {
  fill(600);
  const found: unknown = JSON.parse(await textOf(log.export('json', { since: 10, until: 11 })));
  expect(found).toMatchObject([{ url: '/10' }, { url: '/11' }]);
});

test('har: entries that tell of requests, and no others', async () => {
  log.addEntry({ note: 'no request' });
  log.addEntry({
    timestamp: 86_400_000,
    method: 'POST',
    url: 'https://a.test/b',
    status: 201,
    bytes: 42,
    durationMs: 7,
  });
  const { log: archive } = JSON.parse(await textOf(log.export('har')));
  expect(archive).toMatchObject({ version: '1.2', creator: { name: 'poise' } });
  expect(archive.entries).toMatchObject([
    {
      startedDateTime: '1970-01-02T00:00:00.000Z',
      time: 7,
      request: { method: 'POST', url: 'https://a.test/b' },
      response: { status: 201, content: { size: 42 } },
    },
  ]);
});

test.each(Object.values(LogFormat))('an empty log as %s is well-formed', async (format) => {
  const stream = log.export(format);
  const text = await textOf(format === 'ndjson.gz' ? stream.pipeThrough(new DecompressionStream('gzip')) : stream);
  if (format === 'json') expect(JSON.parse(text)).toEqual([]);
  else if (format === 'har') expect(JSON.parse(text).log.entries).toEqual([]);
  else expect(text).toBe('');
});

test('what JSON can not say is said in words, and every entry has its line', async () => {
  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  log.addEntry({ big: 1n });
  log.addEntry({ cycle });
  const lines = (await textOf(log.export())).trim().split('\n');
  expect(JSON.parse(lines[0] ?? '')).toEqual({ big: '1' });
  expect(JSON.parse(lines[1] ?? '')).toHaveProperty('unreadable');
});

test('a reader that goes away ends the reading', async () => {
  fill(2_000);
  const reader = log.export().getReader();
  await reader.read();
  await reader.cancel();
  expect((await reader.read()).done).toBe(true);
});

test('an unknown format is refused by name', () => {
  expect(() => Reflect.apply(log.export, log, ['xml'])).toThrow(expect.objectContaining({ option: 'format' }));
});
