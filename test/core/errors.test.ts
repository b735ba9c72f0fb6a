import { expect, test } from 'vitest';
import { describe as describeValue } from '../../src/core/errors.js';
import { guard } from '../../src/core/guard.js';
import { CallbackError, ConfigError, PoiseError } from '../../src/core/index.js';

test('every error is a PoiseError with a stable code, and keeps its cause', () => {
  const cause = new TypeError('inner');
  const error = new CallbackError('update', cause);
  expect(error).toBeInstanceOf(PoiseError);
  expect(error).toMatchObject({ name: 'CallbackError', code: 'POISE_CALLBACK', cause });
  expect(error.message).toBe('update threw: TypeError: inner');
  const config = new ConfigError({ owner: 'X', option: 'y', given: 1, allowed: 'a string' });
  expect(config.message).toBe('X: y must be a string, got 1');
});

test.each([
  ['text', '"text"'],
  [5n, '5'],
  [undefined, 'undefined'],
  [Symbol('s'), 'Symbol(s)'],
  [function named() {}, 'function named'],
  [() => 0, 'function '],
  [new Map(), 'an object (Map)'],
  [Object.create(null), 'an object (undefined)'],
])('a value is described in a few words: %o', (value, words) => {
  expect(describeValue(value)).toBe(words);
});

test('describing never throws', () => {
  const hostile = new Proxy(
    {},
    {
      get() {
        throw new Error('no');
      },
      getPrototypeOf() {
        throw new Error('no');
      },
    },
  );
  expect(describeValue(hostile)).toBe('a object');
});

test('guard keeps what a callback throws or rejects with from the caller', async () => {
  const reported: unknown[] = [];
  const report = (error: CallbackError) => reported.push(error.cause);
  expect(guard('here', () => 1, report)).toBe(true);
  expect(
    guard(
      'here',
      () => {
        throw 'sync';
      },
      report,
    ),
  ).toBe(false);
  expect(guard('here', () => Promise.reject('async'), report)).toBe(true);
  await Promise.resolve();
  await Promise.resolve();
  expect(reported).toEqual(['sync', 'async']);
});
