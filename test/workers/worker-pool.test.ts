import { expect, test } from 'vitest';
import { asyncDisposeSymbol, disposeSymbol } from '../../src/core/disposer.js';
import { ConfigError } from '../../src/core/errors.js';
import { WorkerPool } from '../../src/workers/index.js';
import { samplePool } from './pools.js';

const create = () => new Worker(new URL('./sample.worker.ts', import.meta.url), { type: 'module' });

test.each([
  [{ create, size: 0 }, 'size'],
  [{ create, idleTimeoutMs: -1 }, 'idleTimeoutMs'],
  [{ create: 'worker.js' }, 'create'],
  [{ create, fallback: {} }, 'fallback'],
  [{ create, sise: 2 }, 'sise'],
  [undefined, 'create'],
])('a bad config %o is refused', (config, option) => {
  // @ts-expect-error that is the point
  const make = () => new WorkerPool(config);
  expect(make).toThrow(ConfigError);
  expect(make).toThrow(option);
});

test('the higher priority goes first, equals in order', async () => {
  const pool = samplePool({ size: 1 });
  const order: string[] = [];
  const call = (name: string, priority: number) =>
    pool
      .with({ priority })
      .run('later', name, 0)
      .then((done) => order.push(done));
  // Everything waits while the worker starts.
  await Promise.all([call('low', -1), call('a', 0), call('high', 5), call('b', 0), call('higher', 9), call('c', 0)]);
  expect(order).toEqual(['higher', 'high', 'a', 'b', 'c', 'low']);
});

test('a call of higher priority goes between the chunks of a map', async () => {
  const pool = samplePool({ size: 1 });
  let mapDone = false;
  const map = pool.map('spin', new Array(200).fill(2)).then(() => {
    mapDone = true;
  });
  await expect.poll(() => pool.stats.completed, { timeout: 10_000 }).toBeGreaterThan(1);
  await pool.with({ priority: 1 }).run('add', 1, 1);
  expect(mapDone).toBe(false);
  await map;
});

test('a full queue refuses, and says when there is room', async () => {
  const pool = samplePool({ size: 1, maxQueueSize: 4 });
  await pool.whenRoom();
  const calls = Array.from({ length: 4 }, (_, n) => pool.run('later', `${n}`, 1));
  await expect(pool.run('add', 1, 1)).rejects.toMatchObject({ code: 'POISE_POOL_FULL' });
  await pool.whenRoom();
  expect(pool.stats.pending).toBeLessThanOrEqual(2);
  expect(await pool.run('add', 1, 1)).toBe(2);
  await Promise.all(calls);
  expect(pool.stats).toMatchObject({ refused: 1, submitted: 5, completed: 5 });
});

test('workers start when there is work and end when idle', async () => {
  const pool = samplePool({ idleTimeoutMs: 50 });
  expect(pool.stats).toMatchObject({ workers: 0, mode: 'idle' });
  await pool.run('add', 1, 1);
  expect(pool.stats).toMatchObject({ workers: 1, mode: 'workers' });
  await expect.poll(() => pool.stats).toMatchObject({ workers: 0, workersIdled: 1, mode: 'idle' });
  expect(await pool.run('add', 2, 2)).toBe(4);
});

test('no more workers than are needed, no more than allowed', async () => {
  const pool = samplePool({ size: 3 });
  await Promise.all([pool.run('spin', 20), pool.run('spin', 20)]);
  expect(pool.stats.workers).toBe(2);
  await Promise.all(Array.from({ length: 12 }, () => pool.run('spin', 10)));
  expect(pool.stats).toMatchObject({ workers: 3, workersStarted: 3 });
});

test('start() makes all workers ahead; twice is as once', async () => {
  const pool = samplePool();
  pool.start();
  pool.start();
  expect(pool.stats.workersStarted).toBe(2);
  expect(await pool.run('add', 1, 1)).toBe(2);
});

test('disposed asynchronously it finishes what it has and takes nothing more', async () => {
  const pool = samplePool();
  const calls = Array.from({ length: 1_000 }, (_, n) => pool.run('add', n, 1));
  const map = pool.map('square', [1, 2, 3]);
  let completed = false;
  pool.stats$.subscribe({ complete: () => (completed = true) });
  const ended = pool[asyncDisposeSymbol]();
  await expect(pool.run('add', 1, 1)).rejects.toMatchObject({ code: 'POISE_POOL_STOPPED' });
  await ended;
  expect(await Promise.all(calls)).toEqual(Array.from({ length: 1_000 }, (_, n) => n + 1));
  expect(pool.stats).toMatchObject({ completed: pool.stats.submitted, failed: 0, pending: 0 });
  expect(await map).toEqual([1, 4, 9]);
  expect(completed).toBe(true);
  pool[disposeSymbol]();
  pool.start();
  expect(pool.stats.workers).toBe(0);
});

test('two pools live side by side', async () => {
  const [one, two] = [samplePool(), samplePool()];
  const results = await Promise.all([one.run('add', 1, 1), two.run('add', 2, 2)]);
  one[disposeSymbol]();
  expect(await two.run('add', 3, 3)).toBe(6);
  expect(results).toEqual([2, 4]);
});

test('the statistics add up', async () => {
  const pool = samplePool();
  await Promise.allSettled([pool.run('add', 1, 1), pool.run('fail', 'x'), pool.map('square', [1, 2, 3, 4])]);
  const { submitted, completed, failed, pending, runMs, waitMs } = pool.stats;
  expect(submitted).toBe(completed + failed + pending);
  expect(failed).toBe(1);
  expect(runMs.count).toBe(submitted);
  expect(waitMs.count).toBe(submitted);
});
