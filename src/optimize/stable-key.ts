import { OptimizationError } from './optimization-error.js';

/** Arguments as text: equal ones give the same, whatever the order of their fields. @throws OptimizationError */
export function stableKey(args: readonly unknown[]): string {
  return JSON.stringify(args, (_name, value: unknown) => {
    switch (typeof value) {
      case 'bigint':
        return `bigint ${value}`;
      case 'function':
      case 'symbol':
        throw new OptimizationError(`a ${typeof value} among the arguments needs a \`key\` function`);
      case 'object':
        return isPlain(value)
          ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
          : check(value);
      default:
        return value;
    }
  });
}

const isPlain = (value: object | null): value is Record<string, unknown> =>
  value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** What text can't tell apart must not pass for equal. */
function check(value: object | null): unknown {
  if (value === null || Array.isArray(value)) return value;
  throw new OptimizationError(`${value.constructor?.name ?? 'an object'} among the arguments needs a \`key\` function`);
}
