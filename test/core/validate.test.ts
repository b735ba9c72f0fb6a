import { expect, test } from 'vitest';
import { ConfigError } from '../../src/core/index.js';
import {
  between,
  type Checks,
  func,
  nonNegative,
  nonNegativeInteger,
  oneOf,
  optional,
  positive,
  positiveInteger,
  resolveConfig,
} from '../../src/core/validate.js';

interface Options {
  readonly rate: number;
  readonly mode: string;
  readonly limit: number | undefined;
}

const DEFAULTS: Options = { rate: 30, mode: 'a', limit: undefined };
const CHECKS: Checks<Options> = { rate: positive, mode: oneOf({ A: 'a', B: 'b' }), limit: optional(positiveInteger) };
const resolve = (given: unknown) => Reflect.apply(resolveConfig, undefined, ['Thing', given, DEFAULTS, CHECKS]);

test('defaults stand where nothing, or undefined, is given', () => {
  expect(resolve(undefined)).toEqual(DEFAULTS);
  expect(resolve({ rate: undefined, mode: 'b' })).toEqual({ ...DEFAULTS, mode: 'b' });
});

test('what has no default must be given', () => {
  const none = { ...DEFAULTS, rate: undefined };
  expect(() => Reflect.apply(resolveConfig, undefined, ['Thing', {}, none, CHECKS])).toThrow('rate must be');
});

test('the result is frozen, and neither argument is changed', () => {
  const given = { rate: 5 };
  const config = resolve(given);
  expect(Object.isFrozen(config)).toBe(true);
  expect(given).toEqual({ rate: 5 });
  expect(DEFAULTS.rate).toBe(30);
});

test.each([
  [{ rate: Number.NaN }, 'rate', 'a positive number', 'NaN'],
  [{ rate: -1 }, 'rate', 'a positive number', '-1'],
  [{ rate: '30' }, 'rate', 'a positive number', '"30"'],
  [{ mode: 'c' }, 'mode', "'a' or 'b'", '"c"'],
  [{ limit: 1.5 }, 'limit', 'a whole number of 1 or more, or left out', '1.5'],
  [{ speed: 1 }, 'speed', 'left out (there are: rate, mode, limit)', '1'],
  [{ constructor: 1 }, 'constructor', 'left out (there are', '1'],
  [JSON.parse('{"__proto__": 1}'), '__proto__', 'left out (there are', '1'],
  [7, 'config', 'an object', '7'],
  [null, 'config', 'an object', 'null'],
])('%o names the option, what was given and what is allowed', (given, option, allowed, shown) => {
  let failure: unknown;
  try {
    resolve(given);
  } catch (error) {
    failure = error;
  }
  expect(failure).toBeInstanceOf(ConfigError);
  expect(failure).toMatchObject({ code: 'POISE_CONFIG', name: 'ConfigError', option });
  expect(String(failure)).toContain(`Thing: ${option} must be`);
  expect(String(failure)).toContain(allowed);
  expect(String(failure)).toContain(shown);
});

test.each([
  [positive, [1, 0.001], [0, -1, Number.NaN, Number.POSITIVE_INFINITY, '1', null]],
  [nonNegative, [0, 1.5], [-0.1, Number.NaN]],
  [positiveInteger, [1, 100], [0, 1.5, 2 ** 53]],
  [nonNegativeInteger, [0, 1], [-1, 0.5]],
  [between(1, 3), [1, 2.5, 3], [0.9, 3.1, Number.NaN]],
  [func, [() => 0], ['f', {}]],
])('%o', ({ test: accepts }, good, bad) => {
  for (const value of good) expect(accepts(value)).toBe(true);
  for (const value of bad) expect(accepts(value)).toBe(false);
});
