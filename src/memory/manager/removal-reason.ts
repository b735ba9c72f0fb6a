/** Why an entry left a MemoryManager. */
export const MemoryRemovalReason = {
  /** There were more than `maxEntries`. */
  SIZE: 'size',
  /** Together they took more than `maxMemoryMb`. */
  BYTES: 'bytes',
  /** A clean-up, as memory was scarce. */
  PRESSURE: 'pressure',
  /** `delete()`. */
  DELETED: 'deleted',
  /** `clear()`, or the end of the manager. */
  CLEARED: 'cleared',
} as const;
export type MemoryRemovalReason = (typeof MemoryRemovalReason)[keyof typeof MemoryRemovalReason];
