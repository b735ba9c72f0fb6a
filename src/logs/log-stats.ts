import type { Bytes } from '../core/units.js';

/** What a log holds and has done (seed 004: Log Metrics). */
export interface LogStats {
  /** Entries added through this LogRotator. */
  readonly added: number;
  /** Entries that are stored, by all tabs together. */
  readonly entries: number;
  /** Entries that wait in memory to be written. */
  readonly pending: number;
  /** Segments, the open ones included. */
  readonly segments: number;
  /** Segments sealed so far through this LogRotator. */
  readonly rotatedFiles: number;
  /** Bytes of the stored entries before compression, estimated when they were added. */
  readonly bytesRaw: Bytes;
  /** The same as stored: sealed segments by their compressed size, others before the browser's own compression. */
  readonly bytesStored: Bytes;
  /** bytesRaw / bytesStored over compressed segments; undefined while there is none. */
  readonly compressionRatio: number | undefined;
  /** Times that old segments were removed, and the entries that went with them. */
  readonly cleanups: number;
  readonly cleanedEntries: number;
  /** Entries lost: they could not be cloned, or nothing could be written for too long. */
  readonly dropped: number;
  /** Records that could not be read; they are skipped. */
  readonly damaged: number;
  /** False where entries are in memory only: there is no IndexedDB, or it is gone. */
  readonly persistent: boolean;
  /** Whether the last write failed for want of room. */
  readonly diskFull: boolean;
}
