/** The root of every error that poise throws or reports; `code` is stable across versions. */
export class PoiseError extends Error {
  override readonly name: string = 'PoiseError';
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What was wrong with a configuration. */
export interface ConfigProblem {
  /** The class or function that was configured. */
  readonly owner: string;
  /** The option at fault. */
  readonly option: string;
  /** What was given. */
  readonly given: unknown;
  /** What is allowed, in words. */
  readonly allowed: string;
}

/** Thrown at construction: an option is unknown, of the wrong type, or out of range. */
export class ConfigError extends PoiseError {
  override readonly name: string = 'ConfigError';
  readonly option: string;
  readonly given: unknown;
  readonly allowed: string;

  constructor({ owner, option, given, allowed }: ConfigProblem, code = 'POISE_CONFIG') {
    super(code, `${owner}: ${option} must be ${allowed}, got ${describe(given)}`);
    this.option = option;
    this.given = given;
    this.allowed = allowed;
  }
}

/** A callback that the app handed in threw or rejected; `cause` is what it threw. */
export class CallbackError extends PoiseError {
  override readonly name: string = 'CallbackError';

  constructor(where: string, cause: unknown) {
    super('POISE_CALLBACK', `${where} threw: ${describe(cause)}`, { cause });
  }
}

/** A value in a few words, for messages; never throws, whatever its getters do. */
export function describe(value: unknown): string {
  try {
    if (typeof value === 'string') return JSON.stringify(value);
    if (typeof value === 'function') return `function ${value.name}`;
    if (value instanceof Error) return `${value.name}: ${value.message}`;
    if (typeof value === 'object' && value !== null) return `an object (${value.constructor?.name})`;
    return String(value);
  } catch {
    return `a ${typeof value}`;
  }
}
