import { expect, test } from 'vitest';
import { WorkerError } from '../../src/workers/index.js';
import { samplePool } from './pools.js';

const factor = 3;
const name = 'an outer name';
let written = 0;

const closures: [string, (n: number) => unknown][] = [
  ['factor', (n) => n * factor],
  ['name', (n) => name + n],
  ['factor', (n) => (typeof factor === 'number' ? n : -1)],
  [
    'written',
    (n) => {
      written = n;
      return n;
    },
  ],
];

test.each(closures)('a function that reaches out for "%s" is an error, not a wrong answer', async (outer, fn) => {
  const pool = samplePool();
  const error: unknown = await pool.runFunction(fn, 1).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(WorkerError);
  expect(error).toMatchObject({ code: 'POISE_SOURCE', message: expect.stringContaining(outer) });
  expect(written).toBe(0);
});

test('the platform is there', async () => {
  const pool = samplePool();
  const digest = await pool.runFunction(async (text: string) => {
    const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
    await new Promise((resolve) => setTimeout(resolve, 1));
    return { first: bytes[0], json: JSON.stringify(structuredClone([1, undefined])), max: Math.max(1, 2) };
  }, 'poise');
  expect(digest).toEqual({ first: expect.any(Number), json: '[1,null]', max: 2 });
});

test.each([
  ['bound', ((n: number) => n).bind(null)],
  ['built in', Math.abs],
  [
    'a method',
    {
      double(n: number) {
        return n * 2;
      },
    }.double,
  ],
])('a function that has no source of its own is refused: %s', async (_name, fn) => {
  await expect(samplePool().runFunction(fn, 1)).rejects.toMatchObject({ code: 'POISE_SOURCE' });
});

test('inner functions, defaults and recursion are its own', async () => {
  const pool = samplePool();
  const fib = function fib(n: number): number {
    const inner = (m: number) => (m < 2 ? m : fib(m - 1) + fib(m - 2));
    return inner(n);
  };
  expect(await pool.mapFunction(fib, [5, 10, 15])).toEqual([5, 55, 610]);
});
