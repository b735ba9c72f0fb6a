import { PoiseError } from '../../core/errors.js';

/** What can go wrong behind a persistent cache; told on the cache's `errors$`, never thrown. */
export const CacheStoreErrorCode = {
  /** IndexedDB is not there, full or broken: the cache goes on in memory. */
  NOT_PERSISTENT: 'POISE_CACHE_NOT_PERSISTENT',
  /** The disk was full: the oldest entries on it went. */
  DISK_FULL: 'POISE_CACHE_DISK_FULL',
  /** A key or a value can't be stored; it stays in memory. */
  UNSTORABLE: 'POISE_CACHE_UNSTORABLE',
  /** A record could not be read; its entries are misses. */
  DAMAGED: 'POISE_CACHE_DAMAGED',
  /** The browser found its files damaged and deleted them: all that was stored before is gone. */
  LOST: 'POISE_CACHE_LOST',
  /** Values could not be compressed; they are stored as they are. */
  NOT_COMPRESSED: 'POISE_CACHE_NOT_COMPRESSED',
} as const;
export type CacheStoreErrorCode = (typeof CacheStoreErrorCode)[keyof typeof CacheStoreErrorCode];

export class CacheStoreError extends PoiseError {
  override readonly name = 'CacheStoreError';

  constructor(code: CacheStoreErrorCode, message: string, options?: ErrorOptions) {
    super(code, message, options);
  }
}
