import type { Bytes } from '../../core/units.js';

/** What stands behind a persistent cache, and what it has done. */
export interface CacheStoreStats {
  /** False where there is no IndexedDB, or it is full or broken: nothing is kept across reloads. */
  readonly persistent: boolean;
  /** Entries on disk, as far as this page knows; some may have expired. */
  readonly entries: number;
  readonly packs: number;
  /** What all packs hold, what was deleted or replaced and not yet removed included. */
  readonly bytes: Bytes;
  /** Calls that are not durable yet. */
  readonly pending: number;
  readonly bytesWritten: Bytes;
  readonly bytesRead: Bytes;
  /** Records that could not be read. */
  readonly damaged: number;
  /** Records of another version's form. */
  readonly outdated: number;
  /** Entries that could not be stored, and stay in memory. */
  readonly unstorable: number;
  /** How often the oldest packs were removed, to keep a limit or because the disk was full. */
  readonly evictions: number;
  /** How often packs were written anew without what was deleted or replaced. */
  readonly compactions: number;
}
