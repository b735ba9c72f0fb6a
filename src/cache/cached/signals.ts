import { isPlainObject } from '../../core/json-faithful.js';

/** Arguments apart from the AbortSignals among them. */
export interface WithSignals<A extends unknown[]> {
  readonly signals: readonly AbortSignal[];
  /** The arguments as they count for the key: a signal says nothing about the result. */
  readonly keyed: readonly unknown[];
  /** The arguments with another signal in the place of each. */
  readonly replaced: (signal: AbortSignal) => A;
}

const isSignal = (value: unknown): value is AbortSignal =>
  typeof AbortSignal !== 'undefined' && value instanceof AbortSignal;

/** Looks for signals among the arguments and in the fields of plain objects among them; undefined where there are none. */
export function takeSignals<A extends unknown[]>(args: A): WithSignals<A> | undefined {
  if (!args.some((arg) => typeof arg === 'object' && arg !== null && holdsSignal(arg))) return undefined;
  const signals: AbortSignal[] = [];
  for (const arg of args)
    for (const value of isPlainObject(arg) ? Object.values(arg) : [arg]) if (isSignal(value)) signals.push(value);
  const keyed: unknown[] = args.map((arg) => (isSignal(arg) ? undefined : without(arg)));
  // `load(url)` and `load(url, signal)` ask for the same.
  while (keyed.length > 0 && isSignal(args[keyed.length - 1])) keyed.pop();
  return { signals, keyed, replaced: (signal) => replaceIn(args, signal) };
}

const holdsSignal = (arg: object): boolean =>
  isSignal(arg) || (isPlainObject(arg) && Object.values(arg).some(isSignal));

function without(arg: unknown): unknown {
  if (!isPlainObject(arg)) return arg;
  return Object.fromEntries(Object.entries(arg).filter(([, value]) => !isSignal(value)));
}

/** A copy of the same type: only signals are others. */
function replaceIn<A extends unknown[]>(args: A, signal: AbortSignal): A {
  const replaced: A = Object.assign([], args);
  for (const [at, arg] of args.entries()) {
    if (isSignal(arg)) Reflect.set(replaced, at, signal);
    else if (isPlainObject(arg)) {
      const fields = Object.entries(arg).map(([name, value]) => [name, isSignal(value) ? signal : value]);
      Reflect.set(replaced, at, Object.fromEntries(fields));
    }
  }
  return replaced;
}
