import { describe, expect, test } from 'vitest';
import { WorkerError } from '../../src/workers/index.js';
import { localPool, samplePool } from './pools.js';

/** What must be so wherever tasks run. */
describe.each([
  ['workers', samplePool, 'worker'],
  ['this thread', localPool, 'page'],
] as const)('tasks in %s', (_name, makePool, where) => {
  test('a call gives the result, typed', async () => {
    const pool = makePool();
    const sum: number = await pool.run('add', 2, 3);
    expect(sum).toBe(5);
    expect(await pool.run('later', 'value', 5)).toBe('value');
    expect(await pool.run('whereAmI')).toBe(where);
  });

  test('many calls at once each get their own result', async () => {
    const pool = makePool();
    const results = await Promise.all(Array.from({ length: 2_000 }, (_, n) => pool.run('square', n)));
    expect(results).toEqual(Array.from({ length: 2_000 }, (_, n) => n * n));
    expect(pool.stats).toMatchObject({ submitted: 2_000, completed: 2_000, failed: 0, pending: 0, running: 0 });
  });

  test('a map keeps the order', async () => {
    const pool = makePool();
    const items = Array.from({ length: 5_000 }, (_, n) => n);
    const progress: number[] = [];
    const squares: number[] = await pool.map('square', items, { onProgress: (done) => progress.push(done) });
    expect(squares).toEqual(items.map((n) => n * n));
    expect(progress.at(-1)).toBe(5_000);
    expect(await pool.map('square', [])).toEqual([]);
    expect(await pool.map('square', new Set([3, 4]), { chunk: 2 })).toEqual([9, 16]);
  });

  test('what a task throws is what the call rejects with', async () => {
    const pool = makePool();
    const error: Error & { code?: number } = await pool.run('fail', 'no coffee').catch((thrown) => thrown);
    expect(error).toBeInstanceOf(RangeError);
    expect(error).toMatchObject({ name: 'TeapotError', message: 'no coffee', code: 418 });
    expect(error.stack).toContain('sample-tasks');
    expect(error.cause).toBeInstanceOf(TypeError);
    expect(error.cause).toMatchObject({ message: 'the cause', cause: { deep: [1, 2] } });
  });

  test('a map rejects with the first failure, and the pool goes on', async () => {
    const pool = makePool();
    await expect(pool.map('evenOnly', [0, 2, 4, 5, 6, 8], { chunk: 2 })).rejects.toThrow(new RangeError('5 is odd'));
    expect(await pool.map('evenOnly', [10, 12])).toEqual([10, 12]);
  });

  test('functions sent as source run with their arguments', async () => {
    const pool = makePool();
    expect(await pool.runFunction((a: number, b: number) => Math.hypot(a, b), 3, 4)).toBe(5);
    expect(await pool.mapFunction((n: number) => n + 1, [1, 2, 3])).toEqual([2, 3, 4]);
  });

  test('progress comes in order', async () => {
    const pool = makePool();
    const seen: unknown[] = [];
    await pool.with({ onProgress: (value) => seen.push(value) }).run('steps', 3);
    expect(seen).toEqual([{ step: 1 }, { step: 2 }, { step: 3 }]);
  });

  test('a callback argument is called and answers', async () => {
    const pool = makePool();
    expect(await pool.run('each', [1, 2, 3], (item) => item * 10)).toEqual([10, 20, 30]);
  });

  test('a callback is held as long as the task runs, whatever is collected', async () => {
    const pool = makePool();
    const call = pool.run('eachAfterGc', [1, 2, 3], (item) => item + 1);
    const gc: unknown = Reflect.get(globalThis, 'gc');
    if (typeof gc === 'function') gc();
    expect(await call).toEqual([2, 3, 4]);
  });

  test('an abort signal that is used again and again keeps nothing', async () => {
    const pool = makePool();
    const controller = new AbortController();
    const { signal } = controller;
    let listeners = 0;
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    signal.addEventListener = (...given: [string, EventListener]) => {
      listeners++;
      add(...given);
    };
    signal.removeEventListener = (...given: [string, EventListener]) => {
      listeners--;
      remove(...given);
    };
    const calls = Array.from({ length: 50 }, (_, n) => pool.with({ signal }).run('add', n, 1));
    const map = pool.map('square', [1, 2, 3], { signal });
    const failing = pool
      .with({ signal })
      .run('fail', 'x')
      .catch(() => undefined);
    expect(listeners).toBe(52);
    await Promise.all([...calls, map, failing]);
    expect(listeners).toBe(0);
  });

  test('an abort before, during and after', async () => {
    const pool = makePool();
    const before = AbortSignal.abort();
    await expect(pool.with({ signal: before }).run('add', 1, 2)).rejects.toBe(before.reason);

    const during = new AbortController();
    const call = pool.with({ signal: during.signal }).run('reportAborted');
    const next = pool.run('add', 1, 2);
    await expect.poll(() => pool.stats.running, { timeout: 10_000 }).toBeGreaterThan(0);
    during.abort(new Error('changed my mind'));
    await expect(call).rejects.toThrow('changed my mind');
    expect(await next).toBe(3);

    const after = new AbortController();
    expect(await pool.with({ signal: after.signal }).run('add', 1, 2)).toBe(3);
    after.abort();
    expect(await pool.run('add', 2, 2)).toBe(4);
    expect(pool.stats).toMatchObject({ aborted: 1, refused: 1, crashes: 0 });
  });

  test('1,000 calls and a stop: each settles once', async () => {
    const pool = makePool();
    const settled = new Map<number, number>();
    const count = (n: number) => settled.set(n, (settled.get(n) ?? 0) + 1);
    const calls = Array.from({ length: 1_000 }, (_, n) =>
      pool.run('spin', 1).then(
        () => count(n),
        (error: WorkerError) => {
          count(n);
          expect(error.code).toBe('POISE_POOL_STOPPED');
        },
      ),
    );
    // A worker takes its time to start on a busy machine.
    await expect.poll(() => pool.stats.completed, { timeout: 10_000 }).toBeGreaterThan(0);
    pool.stop();
    await Promise.all(calls);
    expect(settled.size).toBe(1_000);
    expect([...settled.values()].every((times) => times === 1)).toBe(true);
    const { submitted, completed, failed } = pool.stats;
    expect(submitted).toBe(1_000);
    expect(completed + failed).toBe(1_000);
    expect(pool.stats).toMatchObject({ pending: 0, running: 0 });
    await expect(pool.run('add', 1, 1)).rejects.toBeInstanceOf(WorkerError);
    pool.start();
    expect(await pool.run('add', 1, 1)).toBe(2);
  });
});
