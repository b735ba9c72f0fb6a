import type { Clock } from '../core/clock.js';
import type { Environment } from '../core/environment.js';
import { describe } from '../core/errors.js';
import { compactSegment, type Squeeze } from './compaction.js';
import type { LogSettings } from './log-config.js';
import { LogError, LogErrorCode } from './log-error.js';
import type { PackReader } from './pack-reader.js';
import { surplusOf } from './retention.js';
import type { Rotation } from './rotation.js';
import type { SegmentIndex } from './segment-index.js';
import type { LogStore } from './store/log-store.js';
import { countOf, type Segment } from './store/segment.js';

/** An open segment that its page has not written for so long is sealed by others: that page is gone, or at rest. */
const ABANDONED_MS = 60_000;

export interface MaintenanceOptions {
  readonly settings: LogSettings;
  readonly rotation: Rotation;
  readonly store: LogStore;
  readonly index: SegmentIndex;
  readonly reader: PackReader<unknown>;
  readonly squeeze: Squeeze;
  readonly clock: Clock;
  readonly environment: Pick<Environment, 'locks'>;
  /** Names this page among those that write the log. */
  readonly writer: string;
  readonly onError: (error: LogError) => void;
}

/**
 * What is done to segments after they are sealed: retention, then compression. One tab at a time does it, under a Web
 * Lock that is held only meanwhile, so that it keeps no page out of the back/forward cache.
 */
export class Maintenance {
  cleanups = 0;
  cleanedEntries = 0;
  readonly #options: MaintenanceOptions;
  /** Segments that were tried: those that could not be compressed stay as they are. */
  readonly #tried = new Set<string>();

  constructor(options: MaintenanceOptions) {
    this.#options = options;
  }

  /** Does what is due, unless another tab is at it. Does not reject. */
  async run(signal: AbortSignal): Promise<void> {
    const { environment, settings } = this.#options;
    const work = async () => {
      try {
        const kept = await this.#retain(await this.#seal());
        if (settings.compressOld) await this.#compact(kept, signal);
      } catch (cause) {
        // Ended with its log: the next page goes on with it.
        if (signal.aborted) return;
        const message = `the log '${settings.name}' could not be tidied: ${describe(cause)}`;
        this.#options.onError(new LogError(LogErrorCode.NOT_COMPRESSED, message, { cause }));
      }
    };
    if (!environment.locks) return await work();
    const whenFree = (lock: Lock | null) => (lock ? work() : undefined);
    // Refused in a frame without storage; the other tabs, if there are any, do it then.
    await environment.locks
      .request(`poise-logs:${settings.name}`, { ifAvailable: true }, whenFree)
      .catch(() => undefined);
  }

  /** Removes segments now, whatever retention says. @throws StorageError */
  async remove(segments: readonly Segment[]): Promise<void> {
    if (segments.length === 0) return;
    const { store, index } = this.#options;
    const ids = segments.map(({ id }) => id);
    await store.remove(ids);
    index.remove(ids);
    this.cleanups++;
    this.cleanedEntries += segments.reduce((sum, segment) => sum + countOf(segment), 0);
  }

  /** Seals what pages that are gone left open. @returns the segments as they are then @throws StorageError */
  async #seal(): Promise<Segment[]> {
    const { store, clock, writer } = this.#options;
    const now = clock.wallNow();
    const segments = await store.segments();
    return await Promise.all(
      segments.map(async (segment) => {
        if (segment.sealed || segment.writer === writer || now - segment.writtenAt < ABANDONED_MS) return segment;
        const sealed = { ...segment, sealed: true, left: true };
        return (await store.update(segment, sealed)) ? sealed : segment;
      }),
    );
  }

  /** Removes what retention says. @returns what stays @throws StorageError */
  async #retain(segments: readonly Segment[]): Promise<Segment[]> {
    const { settings, rotation, clock, index } = this.#options;
    index.refresh(segments);
    const surplus = surplusOf(segments, settings, rotation, clock.wallNow());
    await this.remove(surplus);
    return segments.filter((segment) => !surplus.includes(segment));
  }

  async #compact(segments: readonly Segment[], signal: AbortSignal): Promise<void> {
    const { store, reader, squeeze, index } = this.#options;
    for (const segment of segments) {
      if (signal.aborted) return;
      if (!segment.sealed || segment.compressedBytes !== undefined || this.#tried.has(segment.id)) continue;
      // Once: what can't be compressed now would keep the worker busy for nothing at each tidying.
      this.#tried.add(segment.id);
      const compressed = await compactSegment(segment, store, reader, squeeze);
      if (compressed) index.set(compressed);
    }
  }
}
