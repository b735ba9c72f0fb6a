import type { Clock } from '../core/clock.js';
import type { Environment } from '../core/environment.js';
import type { StorageError, StorageTraffic } from '../storage/index.js';
import { Flusher } from './flusher.js';
import type { LogCodec } from './log-codec.js';
import type { LogSettings } from './log-config.js';
import type { LogEvents } from './log-events.js';
import { Maintenance } from './maintenance.js';
import { PackBuffer } from './pack-buffer.js';
import { PackReader } from './pack-reader.js';
import { oldestUpTo } from './retention.js';
import { Rotation } from './rotation.js';
import { SegmentIndex } from './segment-index.js';
import { SegmentWriter } from './segment-writer.js';
import { IdbLogStore } from './store/idb-log-store.js';
import { type Pack, rawBytesOf, type Segment } from './store/segment.js';
import { SwitchingLogStore } from './store/switching-log-store.js';
import { Tidying } from './tidying.js';

export interface LogPartsOptions<Entry> {
  readonly settings: LogSettings;
  readonly clock: Clock;
  readonly environment: Environment;
  readonly traffic: StorageTraffic;
  readonly codec: LogCodec;
  readonly events: LogEvents<Entry>;
  readonly onChange: () => void;
}

/** The parts of one log, wired together. */
export class LogParts<Entry> {
  readonly index: SegmentIndex = new SegmentIndex();
  readonly rotation: Rotation;
  readonly buffer: PackBuffer;
  readonly store: SwitchingLogStore;
  readonly writer: SegmentWriter;
  readonly reader: PackReader<Entry>;
  readonly maintenance: Maintenance;
  readonly tidying: Tidying;
  readonly flusher: Flusher;
  readonly #options: LogPartsOptions<Entry>;

  constructor(options: LogPartsOptions<Entry>) {
    this.#options = options;
    const { settings, clock, environment, traffic, codec, events, onChange } = options;
    const { name, durability, maxPending } = settings;
    const writer = crypto.randomUUID();
    const onLost = (error: StorageError) => events.lost(error);
    this.store = new SwitchingLogStore(new IdbLogStore({ name, durability, environment, traffic, onLost }));
    this.rotation = new Rotation(settings);
    this.buffer = new PackBuffer(this.rotation.packBytes);
    const { store, index, rotation, buffer } = this;
    const fallBack = (cause: unknown) => this.fallBack(cause);
    this.writer = new SegmentWriter({
      store,
      buffer,
      rotation,
      clock,
      writer,
      onFound: (segments) => this.#onFound(segments),
      onWritten: (segment, last) => this.#onWritten(segment, last),
    });
    this.reader = new PackReader<Entry>(
      store,
      (bytes) => codec.unpack(bytes),
      (cause) => events.damaged(cause),
    );
    this.maintenance = new Maintenance({
      settings,
      rotation,
      store,
      index,
      reader: this.reader,
      squeeze: (packs) => codec.squeeze(packs),
      clock,
      environment,
      writer,
      onError: (error) => events.report(error),
    });
    this.tidying = new Tidying({
      clock,
      environment,
      rotation,
      writer: this.writer,
      maintenance: this.maintenance,
      isNeeded: () => index.size > 0,
      onFailed: fallBack,
      onDone: onChange,
    });
    this.flusher = new Flusher({
      buffer,
      writer: this.writer,
      clock,
      maxPending,
      makeRoom: () => this.#makeRoom(),
      fallBack,
      onWrite: (entries, reason) => events.writes.next({ entries, reason }),
      onDropped: (count, cause) => events.dropped(count, cause),
      onDiskFull: (cause) => events.diskFull(cause),
    });
  }

  /** Goes on in memory. */
  fallBack(cause: unknown): void {
    if (!this.store.persistent) return;
    this.store.fallBack();
    this.writer.forget();
    this.index.refresh([]);
    this.#options.events.notPersistent(cause);
  }

  #onFound(segments: readonly Segment[]): void {
    // What was written meanwhile is newer than what was found.
    for (const segment of segments) if (!this.index.has(segment.id)) this.index.set(segment);
    this.tidying.arm();
    this.#options.onChange();
  }

  #onWritten(segment: Segment, last: Pack | undefined): void {
    this.index.set(segment);
    this.tidying.arm();
    if (last) this.reader.remember(segment, last);
    if (segment.sealed) {
      this.#options.events.sealed(segment);
      this.tidying.soon();
    }
    this.#options.onChange();
  }

  async #makeRoom(): Promise<boolean> {
    const segments = await this.store.segments();
    const bytes = segments.reduce((sum, segment) => sum + rawBytesOf(segment), 0);
    const oldest = oldestUpTo(segments, bytes / 4);
    await this.maintenance.remove(oldest);
    return oldest.length > 0;
  }
}
