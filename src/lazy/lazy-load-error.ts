import { describe, PoiseError } from '../core/errors.js';

/** Why nothing was loaded. */
export const LazyLoadErrorCode = {
  /** The loader threw or rejected; `cause` is what with. */
  FAILED: 'POISE_LAZY_FAILED',
  /** The loader did not settle within `timeoutMs`. */
  TIMEOUT: 'POISE_LAZY_TIMEOUT',
  /** The module has no such function. */
  NO_FUNCTION: 'POISE_LAZY_NO_FUNCTION',
  /** The loader has been disposed of. */
  DISPOSED: 'POISE_LAZY_DISPOSED',
} as const;
export type LazyLoadErrorCode = (typeof LazyLoadErrorCode)[keyof typeof LazyLoadErrorCode];

/** Something could not be loaded; the next call tries again. */
export class LazyLoadError extends PoiseError {
  override readonly name = 'LazyLoadError';

  constructor(code: LazyLoadErrorCode, message: string, options?: ErrorOptions) {
    super(code, message, options);
  }
}

/** What a loader rejected with, as one kind of error. */
export function toLazyLoadError(name: string, cause: unknown): LazyLoadError {
  if (cause instanceof LazyLoadError) return cause;
  return new LazyLoadError(LazyLoadErrorCode.FAILED, `${name} could not be loaded: ${describe(cause)}`, { cause });
}
