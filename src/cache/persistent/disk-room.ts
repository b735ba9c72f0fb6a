import type { Clock } from '../../core/clock.js';
import type { Teardown } from '../../core/disposer.js';
import type { Environment } from '../../core/environment.js';
import { whenIdle } from '../../core/scheduling.js';
import type { Bytes } from '../../core/units.js';
import { StorageErrorKind, type StorageTraffic, toStorageError } from '../../storage/index.js';
import { type CompactionParts, compactOldest } from './compaction.js';
import type { CacheStoreSettings } from './store-config.js';

/** Tidying up waits for an idle moment, at the most this long. */
const IDLE_MS = 5_000;
/** What is left when a limit is reached, and when the disk is full. */
const WITHIN_LIMIT = 0.9;
const LOW_WATER = 0.5;

export interface DiskRoomOptions extends CompactionParts {
  readonly limits: Pick<CacheStoreSettings, 'maxDiskEntries' | 'maxDiskBytes'>;
  readonly traffic: Pick<StorageTraffic, 'bytesWritten'>;
  readonly clock: Clock;
  readonly environment: Environment;
  /** The disk is full, and the oldest entries on it are about to go. */
  readonly onFull: (cause: unknown) => void;
  readonly onFailed: (cause: unknown) => void;
}

/** Keeps what is on disk within its limits, and free of what was deleted or replaced. */
export class DiskRoom {
  readonly #options: DiskRoomOptions;
  #cancelTidying: Teardown | undefined;
  #closed = false;
  /** Bytes written by then let the oldest go once more when the disk is full. */
  #mayEvictAt: Bytes = 0;
  /** On disk when it was full. */
  #mostBytes: Bytes = 0;
  #evictions = 0;
  #compactions = 0;

  constructor(options: DiskRoomOptions) {
    this.#options = options;
  }

  get evictions(): number {
    return this.#evictions;
  }

  get compactions(): number {
    return this.#compactions;
  }

  /** In an idle moment, where there is something to tidy up. */
  tidySoon(): void {
    const { index, clock, environment } = this.#options;
    if (this.#closed || this.#cancelTidying || !(index.isWasteful || this.#isOverLimit)) return;
    const tidy = () => {
      this.#cancelTidying = undefined;
      void this.#tidy();
    };
    this.#cancelTidying = whenIdle(tidy, IDLE_MS, clock, environment);
  }

  /**
   * Removes the oldest when the disk is full. Not again before as much was written as there ever was: that would be a
   * loop of removing and writing. @returns whether anything went
   */
  async makeRoom(cause: unknown): Promise<boolean> {
    const { index, traffic, onFull } = this.#options;
    const { bytesWritten } = traffic;
    if (bytesWritten < this.#mayEvictAt) return false;
    onFull(cause);
    const before = index.bytes;
    const evicted = await this.#evictTo(Number.POSITIVE_INFINITY, before * LOW_WATER);
    this.#mostBytes = Math.max(this.#mostBytes, before);
    this.#mayEvictAt = bytesWritten + this.#mostBytes;
    return evicted;
  }

  close(): void {
    this.#closed = true;
    this.#cancelTidying?.();
  }

  get #isOverLimit(): boolean {
    const { index, limits } = this.#options;
    return index.size > limits.maxDiskEntries || index.bytes > limits.maxDiskBytes;
  }

  /** One step; the next waits for an idle moment of its own. */
  async #tidy(): Promise<void> {
    const { index, limits, onFailed } = this.#options;
    try {
      if (index.isWasteful) {
        if (await compactOldest(this.#options)) this.#compactions++;
      } else if (this.#isOverLimit) {
        await this.#evictTo(limits.maxDiskEntries * WITHIN_LIMIT, limits.maxDiskBytes * WITHIN_LIMIT);
      }
    } catch (cause) {
      // Writing anew needs room of its own.
      if (toStorageError(cause).kind === StorageErrorKind.QUOTA) await this.makeRoom(cause).catch(onFailed);
      else onFailed(cause);
    }
    this.tidySoon();
  }

  /** @returns whether anything went */
  async #evictTo(entries: number, bytes: Bytes): Promise<boolean> {
    const { index, database } = this.#options;
    const first = index.firstWithin(entries, bytes);
    if (first <= index.oldest) return false;
    await database.append([], first);
    this.#evictions++;
    return true;
  }
}
