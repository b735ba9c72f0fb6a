import { ConfigError, type ConfigProblem } from './errors.js';

/** One option's check: what is allowed, in words that complete "must be …", and the test for it. */
export interface Check {
  readonly allowed: string;
  readonly test: (value: unknown) => boolean;
}

/** A check for every option, none forgotten. */
export type Checks<Options> = { readonly [Name in keyof Options]-?: Check };

const isFiniteNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

export const finite: Check = { allowed: 'a finite number', test: isFiniteNumber };
export const positive: Check = { allowed: 'a positive number', test: (v) => isFiniteNumber(v) && v > 0 };
export const nonNegative: Check = { allowed: 'a number of 0 or more', test: (v) => isFiniteNumber(v) && v >= 0 };
export const positiveInteger: Check = wholeFrom(1);
export const nonNegativeInteger: Check = wholeFrom(0);
export const flag: Check = { allowed: 'true or false', test: (v) => typeof v === 'boolean' };
export const func: Check = { allowed: 'a function', test: (v) => typeof v === 'function' };
export const text: Check = { allowed: 'a string that is not empty', test: (v) => typeof v === 'string' && v !== '' };
export const object: Check = { allowed: 'an object', test: (v) => typeof v === 'object' && v !== null };

/** A number from `low` to `high`, both included. */
export const between = (low: number, high: number): Check => ({
  allowed: `a number from ${low} to ${high}`,
  test: (v) => isFiniteNumber(v) && v >= low && v <= high,
});

/** One of a const object's values. */
export const oneOf = (values: Readonly<Record<string, string>>): Check => ({
  allowed: `'${Object.values(values).join("' or '")}'`,
  test: (v) => typeof v === 'string' && Object.values(values).includes(v),
});

/** What `check` allows, or `undefined`: for options without a default. */
export const optional = (check: Check): Check => ({
  allowed: `${check.allowed}, or left out`,
  test: (v) => v === undefined || check.test(v),
});

/** Makes the error for one bad option; a room with an error class of its own passes it. */
export type ConfigErrorType = new (problem: ConfigProblem) => ConfigError;

/**
 * Lays `given` over `defaults` and checks every option that was given, and those that have no default.
 * An option given as `undefined` takes its default.
 * @throws ConfigError (or `ErrorType`) on an unknown option, a wrong type, or a value out of range.
 */
export function resolveConfig<Options extends object>(
  owner: string,
  given: Partial<{ [Name in keyof Options]: Options[Name] | undefined }> | undefined,
  defaults: Options,
  checks: Checks<Options>,
  ErrorType: ConfigErrorType = ConfigError,
): Readonly<Options> {
  checkArgument(owner, 'config', given, optional(object), ErrorType);
  const config: Options = { ...defaults };
  for (const [option, value] of Object.entries(given ?? {})) {
    if (!Object.hasOwn(checks, option))
      throw new ErrorType({ owner, option, given: value, allowed: noSuchOption(checks) });
    if (value !== undefined) Reflect.set(config, option, value);
  }
  // Defaults are the room's own: to check them would cost every start.
  for (const option in checks) {
    const value = config[option];
    if (given?.[option] !== undefined || value === undefined)
      checkArgument(owner, option, value, checks[option], ErrorType);
  }
  return Object.freeze(config);
}

/**
 * Checks options that have no defaults, without making anything: for calls that are made often.
 * @throws ConfigError (or `ErrorType`)
 */
export function checkOptions<Options extends object>(
  owner: string,
  given: Options,
  checks: Checks<Options>,
  ErrorType: ConfigErrorType = ConfigError,
): void {
  checkArgument(owner, 'options', given, object, ErrorType);
  for (const option in given) {
    const value = given[option];
    if (!Object.hasOwn(checks, option))
      throw new ErrorType({ owner, option, given: value, allowed: noSuchOption(checks) });
    checkArgument(owner, option, value, checks[option], ErrorType);
  }
}

/** Checks one argument of a method. @throws ConfigError (or `ErrorType`) */
export function checkArgument(
  owner: string,
  option: string,
  given: unknown,
  check: Check,
  ErrorType: ConfigErrorType = ConfigError,
): void {
  if (!check.test(given)) throw new ErrorType({ owner, option, given, allowed: check.allowed });
}

const noSuchOption = (checks: object): string => `left out (there are: ${Object.keys(checks).join(', ')})`;

function wholeFrom(least: number): Check {
  return { allowed: `a whole number of ${least} or more`, test: (v) => Number.isSafeInteger(v) && Number(v) >= least };
}
