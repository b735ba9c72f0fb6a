import { expect, onTestFinished, test } from 'vitest';
import { disposeSymbol } from '../../src/core/disposer.js';
import { detectEnvironment } from '../../src/core/environment.js';
import { createCompressor, createPoisePool } from '../../src/workers/index.js';

const text = new TextEncoder().encode('poise '.repeat(50_000));

test('bytes come back as they were, through the worker', async () => {
  const pool = createPoisePool();
  const compressor = createCompressor({ pool });
  onTestFinished(() => pool[disposeSymbol]());
  const small = await compressor.compress(text);
  expect(small.byteLength).toBeLessThan(text.byteLength / 50);
  expect([...small.subarray(0, 2)]).toEqual([0x1f, 0x8b]);
  expect(text.byteLength).toBe(300_000);
  expect(await compressor.decompress(small)).toEqual(text);
  expect(pool.stats).toMatchObject({ mode: 'workers', completed: 2 });
});

test("poise's worker can be made by the app, where the bundler does not find it", async () => {
  let made = 0;
  const create = () => {
    made++;
    return new Worker(new URL('../../src/workers/poise.worker.ts', import.meta.url), { type: 'module' });
  };
  const pool = createPoisePool({ create });
  onTestFinished(() => pool[disposeSymbol]());
  expect((await pool.run('gzip', text)).byteLength).toBeLessThan(text.byteLength);
  expect(pool.stats.mode).toBe('workers');
  expect(made).toBe(1);
});

test('its own worker ends with it', async () => {
  const compressor = createCompressor();
  await compressor.compress(text);
  compressor[disposeSymbol]();
  await expect(compressor.compress(text)).rejects.toMatchObject({ code: 'POISE_POOL_STOPPED' });
});

test.each([
  ['without workers', { ...detectEnvironment(), Worker: undefined }, {}],
  ['when told to stay', detectEnvironment(), { pool: 'none' }],
] as const)('on this thread %s', async (_name, environment, options) => {
  const compressor = createCompressor(options, { environment });
  expect(await compressor.decompress(await compressor.compress(text))).toEqual(text);
  compressor[disposeSymbol]();
});

test('where the browser has no compression streams it says so', async () => {
  const environment = { ...detectEnvironment(), CompressionStream: undefined };
  const compressor = createCompressor({}, { environment });
  expect(compressor.supported).toBe(false);
  await expect(compressor.compress(text)).rejects.toMatchObject({ code: 'POISE_COMPRESSION_UNSUPPORTED' });
  compressor[disposeSymbol]();
});

test('what is no gzip is refused, and the next is not', async () => {
  const compressor = createCompressor();
  await expect(compressor.decompress(text)).rejects.toBeInstanceOf(Error);
  expect(await compressor.decompress(await compressor.compress(text))).toEqual(text);
  compressor[disposeSymbol]();
});
