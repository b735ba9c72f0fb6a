import { PoiseError } from '../core/errors.js';

/** What can go wrong with a log while it runs; told on `errors$`, never thrown. */
export const LogErrorCode = {
  /** Entries were lost: they could not be cloned, or there was no room for too long. */
  DROPPED: 'POISE_LOG_DROPPED',
  /** A record could not be read and was skipped. */
  DAMAGED: 'POISE_LOG_DAMAGED',
  /** The browser found its files damaged and deleted them: all that was written before is gone. */
  LOST: 'POISE_LOG_LOST',
  /** There is no room on the disk; the oldest segments went, and entries wait in memory. */
  DISK_FULL: 'POISE_LOG_DISK_FULL',
  /** IndexedDB is not there, or gone; the log is in memory from now on. */
  NOT_PERSISTENT: 'POISE_LOG_NOT_PERSISTENT',
  /** Sealed segments could not be compressed; they stay as they are. */
  NOT_COMPRESSED: 'POISE_LOG_NOT_COMPRESSED',
} as const;
export type LogErrorCode = (typeof LogErrorCode)[keyof typeof LogErrorCode];

export class LogError extends PoiseError {
  override readonly name = 'LogError';

  constructor(code: LogErrorCode, message: string, options?: ErrorOptions) {
    super(code, message, options);
  }
}
