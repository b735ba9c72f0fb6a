import type { Clock } from '../core/clock.js';
import type { Environment } from '../core/environment.js';
import { describe } from '../core/errors.js';
import { compactSegment, type Squeeze } from './compaction.js';
import type { LogSettings } from './log-config.js';
import { LogError, LogErrorCode } from './log-error.js';
import type { PackReader } from './pack-reader.js';
import { surplusOf } from './retention.js';
import type { SegmentIndex } from './segment-index.js';
import type { LogStore } from './store/log-store.js';
import { countOf, type Segment } from './store/segment.js';

/** An open segment that its page has not written for so long is sealed by others: that page is gone, or at rest. */
const ABANDONED_MS = 60_000;

export interface MaintenanceOptions {
  readonly settings: LogSettings;
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
  /** Segments that hold what can't be carried exactly; they stay as they are. */
  readonly #refused = new Set<string>();

  constructor(options: MaintenanceOptions) {
    this.#options = options;
  }

  /** Does what is due, unless another tab is at it. Does not reject. */
  async run(signal: AbortSignal): Promise<void> {
    const { environment, settings } = this.#options;
    const work = async () => {
      try {
        await this.#seal();
        await this.#retain();
        if (settings.compressOld) await this.#compact(signal);
      } catch (cause) {
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

  /** Seals what pages that are gone left open. */
  async #seal(): Promise<void> {
    const { store, clock, writer } = this.#options;
    const now = clock.wallNow();
    for (const segment of await store.segments()) {
      if (segment.sealed || segment.writer === writer || now - segment.writtenAt < ABANDONED_MS) continue;
      await store.update(segment, { ...segment, sealed: true });
    }
  }

  async #retain(): Promise<void> {
    const { store, settings, clock, index } = this.#options;
    const segments = await store.segments();
    index.refresh(segments);
    await this.remove(surplusOf(segments, settings, clock.wallNow()));
  }

  async #compact(signal: AbortSignal): Promise<void> {
    const { store, reader, squeeze, index } = this.#options;
    for (const segment of await store.segments()) {
      if (signal.aborted) return;
      if (!segment.sealed || segment.compressedBytes !== undefined || this.#refused.has(segment.id)) continue;
      const compressed = await compactSegment(segment, store, reader, squeeze);
      if (compressed) index.set(compressed);
      else this.#refused.add(segment.id);
    }
  }
}
