import { describe } from '../core/errors.js';
import type { Task } from './task.js';
import { WorkerError, WorkerErrorCode } from './worker-error.js';

/** Functions kept ready; then all are made anew. */
const MOST = 500;

/** Makes a compiler that makes each function once. */
export function sourceCompiler(): (source: string) => Task {
  const compiled = new Map<string, Task>();
  return (source) => {
    const task = compiled.get(source) ?? compileSource(source);
    if (compiled.size >= MOST) compiled.clear();
    compiled.set(source, task);
    return task;
  };
}

/**
 * Makes a function of its source. Every name that it takes from outside is looked up in the worker's own scope; one that
 * is not there, or that is a plain value there (`name`, `origin`), was the app's, and is an error, not a wrong answer.
 * @throws WorkerError where the policy forbids `eval`, and when the source is no function expression
 */
function compileSource(source: string): Task {
  const made: unknown = makeFunction(source)(outerNames());
  if (!isTask(made)) throw new WorkerError(WorkerErrorCode.SOURCE, 'the source is no function');
  return made;
}

/** Plain values that every function may use; the last two are asked for to find out where it runs. */
const PLAIN = new Set(['undefined', 'NaN', 'Infinity', 'document', 'window']);

function makeFunction(source: string): (names: object) => unknown {
  try {
    // `with` hands every free name to the proxy; the function itself stays strict, as in a module.
    const body = `with (names) { return (function () { 'use strict'; return (${source}\n); })(); }`;
    const make: unknown = new Function('names', body);
    return (names) => (typeof make === 'function' ? make(names) : undefined);
  } catch (cause) {
    if (cause instanceof SyntaxError) {
      const message = `the source is no function expression; send an arrow function or a function: ${cause.message}`;
      throw new WorkerError(WorkerErrorCode.SOURCE, message, { cause });
    }
    const message = `the page's policy forbids functions from text (${describe(cause)}); expose it with exposeTasks`;
    throw new WorkerError(WorkerErrorCode.SOURCE_REFUSED, message, { cause });
  }
}

/** Has every name, so that also `typeof missing` comes here. */
function outerNames(): object {
  return new Proxy(Object.create(null), {
    has: () => true,
    get(_target, name) {
      if (typeof name === 'symbol') return undefined;
      const value: unknown = Reflect.get(globalThis, name);
      if (PLAIN.has(name)) return value;
      // A name found through `with` is called on the proxy, which the platform's functions don't take.
      if (typeof value === 'function') return /^[a-z]/.test(name) ? value.bind(globalThis) : value;
      if (typeof value === 'object' && value !== null) return value;
      throw closureError(name, 'uses');
    },
    set(_target, name) {
      throw closureError(String(name), 'writes to');
    },
  });
}

function closureError(name: string, does: string): WorkerError {
  return new WorkerError(
    WorkerErrorCode.SOURCE,
    `the function ${does} "${name}" from outside of itself, which does not exist in the worker; pass it as an argument`,
  );
}

const isTask = (value: unknown): value is Task => typeof value === 'function';
