import { expect, test } from 'vitest';
import type { PoiseError } from '../../src/core/errors.js';
import {
  TaskCloneError,
  TaskTimeoutError,
  transfer,
  WorkerCrashError,
  WorkerError,
  WorkerLoadError,
} from '../../src/workers/index.js';
import { samplePool } from './pools.js';
import { sampleTasks } from './sample-tasks.js';

const missing = () => new Worker('/no-such-file.js', { type: 'module' });
const broken = () => new Worker(new URL('./broken.worker.ts', import.meta.url), { type: 'module' });
const silent = () => new Worker(new URL('./silent.worker.ts', import.meta.url), { type: 'module' });
const late = () => new Worker(new URL('./late.worker.ts', import.meta.url), { type: 'module' });

test('what is thrown crosses whatever it is', async () => {
  const pool = samplePool();
  await expect(pool.run('failWith', 'string')).rejects.toBe('just a string');
  await expect(pool.run('failWith', 'null')).rejects.toBe(null);
  await expect(pool.run('failWith', 'function')).rejects.toMatch(/function/);
  const abort: unknown = await pool.run('failWith', 'abort').catch((error) => error);
  expect(abort).toBeInstanceOf(DOMException);
  expect(abort).toMatchObject({ name: 'AbortError', message: 'gone' });
  const both: unknown = await pool.run('failWith', 'aggregate').catch((error) => error);
  expect(both).toBeInstanceOf(AggregateError);
  expect(both).toMatchObject({ errors: [{ message: 'one' }, { name: 'RangeError' }] });
});

test('a task that is not there', async () => {
  const pool = samplePool();
  // @ts-expect-error it has no such task
  const error: unknown = await pool.run('missing').catch((thrown) => thrown);
  expect(error).toBeInstanceOf(WorkerError);
  expect(error).toMatchObject({ code: 'POISE_TASK_UNKNOWN' });
  // @ts-expect-error nor one of every object
  await expect(pool.run('toString')).rejects.toMatchObject({ code: 'POISE_TASK_UNKNOWN' });
});

test.each(['never', 'loop'] as const)(
  'a task that never answers (%s) is out of time, and the next one runs',
  async (name) => {
    const pool = samplePool({ size: 1, abortGraceMs: 20 });
    await pool.run('add', 1, 1);
    const stuck = pool.with({ timeoutMs: 50 }).run(name);
    const next = pool.run('add', 1, 2);
    await expect(stuck).rejects.toBeInstanceOf(TaskTimeoutError);
    expect(await next).toBe(3);
    expect(pool.stats).toMatchObject({ timedOut: 1, workersStarted: 2, crashes: 0, pending: 0 });
  },
);

test('a call that waits behind a long one is not out of time meanwhile', async () => {
  const pool = samplePool({ size: 1 });
  await pool.run('later', 'measured as short', 0);
  const long = pool.run('later', 'long', 300);
  const behind = pool.with({ timeoutMs: 250 }).run('later', 'behind', 0);
  expect(await Promise.all([long, behind])).toEqual(['long', 'behind']);
});

test('a chunk may take long as long as its items do not', async () => {
  const pool = samplePool({ size: 1 });
  const items = Array.from({ length: 80 }, () => 20);
  await expect(pool.map('spin', items, { chunk: 80, timeoutMs: 1_200 })).resolves.toHaveLength(80);
});

test.each(['never', 'loop'] as const)(
  'an abort ends a task that does not listen (%s) and harms no other',
  async (name) => {
    const pool = samplePool({ size: 1, abortGraceMs: 20 });
    const controller = new AbortController();
    await pool.run('add', 0, 0);
    const stuck = pool.with({ signal: controller.signal }).run(name);
    const others = Promise.all(Array.from({ length: 50 }, (_, n) => pool.run('add', n, 1)));
    await expect.poll(() => pool.stats.running, { timeout: 10_000 }).toBeGreaterThan(0);
    controller.abort();
    await expect(stuck).rejects.toMatchObject({ name: 'AbortError' });
    expect(await others).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
    expect(pool.stats).toMatchObject({ aborted: 1, completed: 51, failed: 1 });
  },
);

test('an abort of a map ends all of it', async () => {
  const pool = samplePool();
  const controller = new AbortController();
  const map = pool.map('spin', new Array(500).fill(2), { signal: controller.signal });
  // A worker takes its time to start on a busy machine.
  await expect.poll(() => pool.stats.completed, { timeout: 10_000 }).toBeGreaterThan(2);
  controller.abort();
  await expect(map).rejects.toMatchObject({ name: 'AbortError' });
  expect(await pool.run('add', 1, 1)).toBe(2);
  await expect.poll(() => pool.stats.running).toBe(0);
});

test('buffers are moved, there and back, and a second transfer is refused', async () => {
  const pool = samplePool();
  const buffer = new ArrayBuffer(1_000);
  const first = pool.run('fill', transfer(buffer), 7);
  const second = expect(pool.run('fill', transfer(buffer), 8)).rejects.toBeInstanceOf(TaskCloneError);
  expect(new Uint8Array(await first)[999]).toBe(7);
  await second;
  expect(buffer.byteLength).toBe(0);
  const twice = new ArrayBuffer(8);
  await expect(pool.run('fill', transfer(twice, [twice, twice]), 1)).rejects.toBeInstanceOf(TaskCloneError);
});

test('buffers deep inside are found and moved', async () => {
  const pool = samplePool();
  const bytes = [new Uint8Array(10), new Uint8Array(20)];
  const result = await pool.run('nested', transfer({ list: bytes.map((one) => ({ bytes: one })) }));
  expect(result.sizes).toEqual([10, 20]);
  expect(result.first?.bytes).toEqual(new Uint8Array(10));
  expect(bytes.map((one) => one.byteLength)).toEqual([0, 0]);
});

test('what cannot be cloned is refused alone, there and back', async () => {
  const pool = samplePool();
  const calls = Promise.allSettled([0, 1, 2].map((at) => pool.run('uncloneable', at)));
  // @ts-expect-error a symbol is no number, and can't be cloned
  const bad = expect(pool.run('add', Symbol.iterator, 1)).rejects.toBeInstanceOf(TaskCloneError);
  const good = pool.run('add', 1, 1);
  await bad;
  expect(await good).toBe(2);
  const outcomes = await calls;
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(outcomes[1]).toMatchObject({
    reason: { name: 'TaskCloneError', message: expect.stringMatching(/^the result/) },
  });
});

test.each(['crash', 'closeSelf'] as const)(
  'a worker that dies (%s) is replaced; its task gets a second chance',
  async (name) => {
    const pool = samplePool({ size: 1 });
    const errors: PoiseError[] = [];
    pool.errors$.subscribe((error) => errors.push(error));
    await pool.run('add', 1, 1);
    const innocent = Array.from({ length: 20 }, (_, n) => pool.run('add', n, n));
    const deadly = pool.run(name);
    const later = Array.from({ length: 20 }, (_, n) => pool.run('add', n, n));
    const error: unknown = await deadly.catch((thrown) => thrown);
    expect(error).toBeInstanceOf(WorkerCrashError);
    expect(await Promise.all([...innocent, ...later])).toHaveLength(40);
    expect(pool.stats).toMatchObject({ crashes: 2, failed: 1, pending: 0 });
    expect(errors.every((one) => one instanceof WorkerCrashError)).toBe(true);
  },
);

test('after a crash only the task at fault is given up', async () => {
  const pool = samplePool({ size: 1 });
  await pool.map('crashIf', ['a', 'b']);
  const calls = ['a', 'crash', 'b', 'c'].map((text) => pool.run('crashIf', text));
  const outcomes = await Promise.allSettled(calls);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
});

test('what was transferred into a worker that died is not sent again', async () => {
  const pool = samplePool({ size: 1 });
  const { port1, port2 } = new MessageChannel();
  await expect(pool.run('crashIf', transfer('crash', [port1]))).rejects.toBeInstanceOf(WorkerCrashError);
  expect(pool.stats).toMatchObject({ crashes: 1, retried: 0 });
  port2.close();
});

test.each([
  ['is not there', missing],
  ['throws while loading', broken],
] as const)('a worker that %s: the calls are rejected, and a later one tries again', async (_name, create) => {
  let made = 0;
  const pool = samplePool({
    create: () => {
      made++;
      return made > 2 ? late() : create();
    },
    size: 1,
  });
  const calls = await Promise.allSettled([pool.run('add', 1, 1), pool.run('add', 2, 2)]);
  for (const call of calls) {
    expect(call.status === 'rejected' && call.reason).toBeInstanceOf(WorkerLoadError);
  }
  expect(pool.stats.mode).toBe('unsupported');
  expect(await pool.run('add', 3, 3)).toBe(6);
  expect(pool.stats.mode).toBe('workers');
});

test('a worker that cannot be made or loaded: the tasks run on this thread', async () => {
  for (const create of [
    missing,
    () => {
      throw new DOMException('refused', 'SecurityError');
    },
  ]) {
    const pool = samplePool({ create, fallback: () => sampleTasks });
    expect(await pool.run('whereAmI')).toBe('page');
    expect(pool.stats).toMatchObject({ mode: 'main-thread', workers: 0, completed: 1 });
  }
});

test('a worker that never gets ready is given up', async () => {
  const pool = samplePool({ create: silent, startTimeoutMs: 100 });
  await expect(pool.run('add', 1, 1)).rejects.toThrow(/exposeTasks/);
});

test('a worker module that awaits at its top level loses no call', async () => {
  const pool = samplePool({ create: late });
  expect(await Promise.all([pool.run('add', 1, 1), pool.run('add', 1, 2)])).toEqual([2, 3]);
});

test('without workers and without a fallback the pool says so', async () => {
  const pool = samplePool(
    {},
    { environment: { ...globalThis, locks: undefined, storage: undefined, Worker: undefined } },
  );
  await expect(pool.run('add', 1, 1)).rejects.toBeInstanceOf(WorkerLoadError);
  expect(pool.stats.mode).toBe('unsupported');
});

test('a listener for progress that throws harms nobody', async () => {
  const pool = samplePool();
  const errors: PoiseError[] = [];
  pool.errors$.subscribe((error) => errors.push(error));
  const onProgress = () => {
    throw new Error('in the listener');
  };
  expect(await pool.with({ onProgress }).run('steps', 2)).toBe(2);
  expect(await pool.map('square', [1, 2], { onProgress })).toEqual([1, 4]);
  expect(errors.length).toBeGreaterThan(2);
  expect(errors[0]).toMatchObject({ code: 'POISE_CALLBACK' });
});
