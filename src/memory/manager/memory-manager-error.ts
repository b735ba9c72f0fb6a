import { describe, PoiseError } from '../../core/errors.js';
import type { Bytes } from '../../core/units.js';

/** What can go wrong with a MemoryManager while it runs; told on `errors$`, never thrown. */
export const MemoryManagerErrorCode = {
  /** An entry that alone is over the budget was refused. */
  TOO_LARGE: 'POISE_MEMORY_TOO_LARGE',
  /** `sizeOf` threw, or gave no size; poise's own estimate was taken. */
  SIZE_UNKNOWN: 'POISE_MEMORY_SIZE_UNKNOWN',
  /** The stream of heap readings failed; only the entries' own bytes count from now on. */
  HEAP_FAILED: 'POISE_MEMORY_HEAP_FAILED',
} as const;
export type MemoryManagerErrorCode = (typeof MemoryManagerErrorCode)[keyof typeof MemoryManagerErrorCode];

/** An entry was refused or not measured, or the heap could not be read: `code` says which. */
export class MemoryManagerError extends PoiseError {
  override readonly name = 'MemoryManagerError';

  constructor(code: MemoryManagerErrorCode, message: string, options?: ErrorOptions) {
    super(code, message, options);
  }
}

export const entryTooLarge = (bytes: Bytes, maxBytes: Bytes): MemoryManagerError =>
  new MemoryManagerError(
    MemoryManagerErrorCode.TOO_LARGE,
    `an entry of ${bytes} bytes was refused: maxMemoryMb allows ${maxBytes} for all together`,
  );

export const sizeUnknown = (cause: unknown): MemoryManagerError =>
  new MemoryManagerError(MemoryManagerErrorCode.SIZE_UNKNOWN, `sizeOf gave no size: ${describe(cause)}`, { cause });

export const heapFailed = (cause: unknown): MemoryManagerError =>
  new MemoryManagerError(MemoryManagerErrorCode.HEAP_FAILED, `the heap could not be read: ${describe(cause)}`, {
    cause,
  });
