import { describe, PoiseError } from '../core/errors.js';

/** Why the browser did not store or find something. */
export const StorageErrorKind = {
  /** The disk, or what the browser gives this origin of it, is full. */
  QUOTA: 'quota',
  /** The database closed under us, more than once, or a newer version of it is in use. */
  CLOSED: 'closed',
  /** There is no IndexedDB here (private mode, a sandboxed frame, Node), or it may not be used. */
  UNSUPPORTED: 'unsupported',
  /** The value can't be cloned. */
  UNCLONABLE: 'unclonable',
  /** The browser could not read or write; its own words are in `cause`. */
  FAILED: 'failed',
} as const;
export type StorageErrorKind = (typeof StorageErrorKind)[keyof typeof StorageErrorKind];

const CODES: Readonly<Record<StorageErrorKind, string>> = {
  quota: 'POISE_STORAGE_QUOTA',
  closed: 'POISE_STORAGE_CLOSED',
  unsupported: 'POISE_STORAGE_UNSUPPORTED',
  unclonable: 'POISE_STORAGE_UNCLONABLE',
  failed: 'POISE_STORAGE_FAILED',
};

/** What went wrong in IndexedDB, in one form for all browsers. */
export class StorageError extends PoiseError {
  override readonly name = 'StorageError';
  readonly kind: StorageErrorKind;

  constructor(kind: StorageErrorKind, message: string, options?: ErrorOptions) {
    super(CODES[kind], message, options);
    this.kind = kind;
  }
}

const nameOf = (cause: unknown): string =>
  typeof cause === 'object' && cause !== null && 'name' in cause ? String(cause.name) : '';

/** The names of what browsers throw (https://w3c.github.io/IndexedDB/), by what they mean for us. */
const KINDS: Readonly<Record<string, StorageErrorKind>> = {
  QuotaExceededError: StorageErrorKind.QUOTA,
  InvalidStateError: StorageErrorKind.CLOSED,
  VersionError: StorageErrorKind.CLOSED,
  NotFoundError: StorageErrorKind.CLOSED,
  SecurityError: StorageErrorKind.UNSUPPORTED,
  DataCloneError: StorageErrorKind.UNCLONABLE,
};

/** Makes one error of what a request, and the transaction that it failed, rejected with. */
export function toStorageError(cause: unknown, transactionError?: unknown): StorageError {
  if (cause instanceof StorageError) return cause;
  // A full disk aborts the transaction: its requests say only AbortError, the transaction says why.
  const telling = nameOf(cause) === 'AbortError' && transactionError ? transactionError : cause;
  const kind = KINDS[nameOf(telling)] ?? StorageErrorKind.FAILED;
  return new StorageError(kind, `IndexedDB: ${describe(telling)}`, { cause });
}
