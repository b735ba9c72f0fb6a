import type { HeapReading } from '../../core/heap-reading.js';
import type { PressureLevel } from '../../core/pressure-level.js';
import type { Bytes } from '../../core/units.js';
import type { MemoryRemovalReason } from './removal-reason.js';

/** Where a MemoryManager stands. Always: `added` = `entries` + the sum of `removed`. */
export interface MemoryManagerStats {
  readonly entries: number;
  readonly maxEntries: number;
  /** What the entries take, as each was measured when it was added. */
  readonly bytes: Bytes;
  readonly maxBytes: Bytes;
  /** `bytes` of `maxBytes`, 0 to 100. */
  readonly memoryUsagePercent: number;
  /** The newest heap reading, with its source; `undefined` where none is handed in, or while stopped. */
  readonly heap: HeapReading | undefined;
  /** How scarce memory is: the worse of what the heap and the entries' own bytes say. */
  readonly pressure: PressureLevel;
  readonly added: number;
  /** Entries that were not taken, as each alone is over the budget. */
  readonly refused: number;
  /** Entries that went, by reason. */
  readonly removed: Readonly<Record<MemoryRemovalReason, number>>;
  readonly truncatedBodies: number;
  /** Bytes that were cut off bodies. */
  readonly truncatedBytes: Bytes;
  /** Clean-ups that freed something. */
  readonly cleanups: number;
  /** Entries that clean-ups freed. */
  readonly freedEntries: number;
  readonly freedBytes: Bytes;
  /** Entries that `sizeOf` could not measure. */
  readonly sizeFailures: number;
  /** Clean-up callbacks that threw. */
  readonly callbackFailures: number;
}
