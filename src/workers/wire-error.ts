import { describe } from '../core/errors.js';
import { TaskCloneError, WorkerError, WorkerErrorCode } from './worker-error.js';

/** What was thrown, in a form that can always be cloned. */
export type WireError =
  | { readonly is: 'value'; readonly value: unknown }
  | {
      readonly is: 'error';
      readonly type: 'Error' | 'DOMException' | 'AggregateError' | StandardError;
      readonly name: string;
      readonly message: string;
      readonly stack: string | undefined;
      readonly cause: WireError | undefined;
      readonly errors: readonly WireError[] | undefined;
      /** The error's own fields that can be cloned: `code`, `status` and the like. */
      readonly fields: Readonly<Record<string, unknown>>;
    };

type StandardError = 'EvalError' | 'RangeError' | 'ReferenceError' | 'SyntaxError' | 'TypeError' | 'URIError';

const STANDARD: Readonly<Record<StandardError, ErrorConstructor>> = {
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};

/** Causes of causes are followed this far. */
const DEPTH = 8;

/** Takes apart what a task threw. Never throws, whatever it is. */
export function toWire(thrown: unknown, depth = 0): WireError {
  if (!(thrown instanceof Error) && !isDomException(thrown)) return { is: 'value', value: cloneable(thrown) };
  const { cause, errors }: { cause?: unknown; errors?: unknown } = thrown;
  const deeper = depth < DEPTH;
  return {
    is: 'error',
    type: typeOf(thrown),
    name: String(thrown.name),
    message: String(thrown.message),
    stack: typeof thrown.stack === 'string' ? thrown.stack : undefined,
    cause: 'cause' in thrown && deeper ? toWire(cause, depth + 1) : undefined,
    errors: Array.isArray(errors) && deeper ? errors.map((error) => toWire(error, depth + 1)) : undefined,
    fields: fieldsOf(thrown),
  };
}

/** Puts it together again: an error of the same type with the worker's stack, or the value that was thrown. */
export function fromWire(wire: WireError): unknown {
  if (wire.is === 'value') return wire.value;
  const options = wire.cause ? { cause: fromWire(wire.cause) } : undefined;
  const error = construct(wire, options);
  const define = (name: string, value: unknown) =>
    Object.defineProperty(error, name, { value, configurable: true, writable: true });
  if (wire.type === 'DOMException') {
    if (options) define('cause', options.cause);
  } else if (error.name !== wire.name) define('name', wire.name);
  if (wire.stack !== undefined) define('stack', wire.stack);
  for (const [name, value] of Object.entries(wire.fields)) Reflect.set(error, name, value);
  return error;
}

function construct(wire: WireError & { is: 'error' }, options: ErrorOptions | undefined): Error {
  const { type, name, message, fields } = wire;
  if (type === 'DOMException') return new DOMException(message, name);
  if (type === 'AggregateError') return new AggregateError((wire.errors ?? []).map(fromWire), message, options);
  if (type !== 'Error') return new STANDARD[type](message, options);
  const code = Object.values(WorkerErrorCode).find((known) => known === fields['code']);
  if (code === WorkerErrorCode.CLONE) return new TaskCloneError(message, options?.cause);
  return code ? new WorkerError(code, message, options) : new Error(message, options);
}

function typeOf(error: Error): (WireError & { is: 'error' })['type'] {
  if (isDomException(error)) return 'DOMException';
  if (error instanceof AggregateError) return 'AggregateError';
  for (const name of Object.keys(STANDARD)) {
    if (isStandard(name) && error instanceof STANDARD[name]) return name;
  }
  return 'Error';
}

const isStandard = (name: string): name is StandardError => Object.hasOwn(STANDARD, name);

function isDomException(value: unknown): value is DOMException {
  return typeof DOMException !== 'undefined' && value instanceof DOMException;
}

/** These travel by themselves. */
const OWN = new Set(['name', 'message', 'stack', 'cause', 'errors']);

function fieldsOf(error: object): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const name of Object.keys(error)) {
    if (OWN.has(name)) continue;
    try {
      fields[name] = structuredClone(Reflect.get(error, name));
    } catch {
      // What can't be cloned stays behind.
    }
  }
  return fields;
}

function cloneable(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return describe(value);
  }
}
