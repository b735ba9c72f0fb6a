import type { Bytes } from '../core/units.js';

/** Why an entry left memory. */
export const RemovalReason = {
  /** There were more than `maxSize`, or memory was short. */
  SIZE: 'size',
  /** There was more than `maxBytes`, or than the manager's budget. */
  BYTES: 'bytes',
  /** Its time was over. */
  TTL: 'ttl',
  /** A tag or a predicate called it invalid, here or in another tab. */
  TAG: 'tag',
  /** A newer value took its place. */
  REPLACED: 'replaced',
  /** `delete` was called. */
  DELETED: 'deleted',
  /** `clear` was called. */
  CLEARED: 'cleared',
} as const;
export type RemovalReason = (typeof RemovalReason)[keyof typeof RemovalReason];

export interface CacheRemoval<K, V> {
  readonly key: K;
  readonly value: V;
  readonly reason: RemovalReason;
  /** 0 where sizes are not measured. */
  readonly bytes: Bytes;
}
