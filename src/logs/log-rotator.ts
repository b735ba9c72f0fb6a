import { type Observable, Subject } from 'rxjs';
import { type Clock, SystemClock } from '../core/clock.js';
import { asyncDisposeSymbol, Disposer, disposeSymbol, type Teardown } from '../core/disposer.js';
import { detectEnvironment, type Environment } from '../core/environment.js';
import { describe } from '../core/errors.js';
import { isPlainObject } from '../core/json-faithful.js';
import type { Lifecycle } from '../core/lifecycle.js';
import { LiveSnapshot } from '../core/live-snapshot.js';
import type { MemoryRelease, MemoryResponder } from '../core/memory-responder.js';
import type { PressureLevel } from '../core/pressure-level.js';
import { observeVisibility, whenIdle } from '../core/scheduling.js';
import type { EpochMs } from '../core/units.js';
import { checkArgument, oneOf } from '../core/validate.js';
import { StorageTraffic } from '../storage/index.js';
import { createPoisePool, type PoiseTasks, type WorkerPool } from '../workers/index.js';
import { Flusher, type WriteReason } from './flusher.js';
import { type LogConfig, type LogSettings, resolveLogConfig } from './log-config.js';
import { LogError, LogErrorCode } from './log-error.js';
import { exportLog, LogFormat } from './log-export.js';
import { checkQuery, type LogQuery, readLog } from './log-query.js';
import type { LogStats } from './log-stats.js';
import { Maintenance } from './maintenance.js';
import { PackBuffer } from './pack-buffer.js';
import { PackReader } from './pack-reader.js';
import { oldestUpTo } from './retention.js';
import { Rotation } from './rotation.js';
import { SegmentIndex } from './segment-index.js';
import { SegmentWriter } from './segment-writer.js';
import { IdbLogStore } from './store/idb-log-store.js';
import { rawBytesOf, type Segment } from './store/segment.js';
import { SwitchingLogStore } from './store/switching-log-store.js';

/** The platform and the parts that a log shares with others; each has a default. */
export interface LogDependencies {
  readonly clock?: Clock;
  readonly environment?: Environment;
  /** Compresses sealed segments. Default: a worker of its own, which ends when it is idle. */
  readonly pool?: WorkerPool<PoiseTasks>;
  /** Counts what is written and read. */
  readonly traffic?: StorageTraffic;
}

/** Entries that were written together. */
export interface LogWrite {
  readonly entries: number;
  readonly reason: WriteReason;
}

/** How often segments are looked after beside each rotation: retention by age, segments of pages that are gone. */
const TIDY_MS = 60_000;
const TIDY_WITHIN_MS = 5_000;

/**
 * A log on disk that rotates (seed 004: LogRotator): entries are kept in memory for a moment, written in packs to
 * IndexedDB, sealed by count, size or age, compressed in a worker, and removed when there are too many. Several tabs may
 * share one log. Where there is no IndexedDB it is the same in memory, and `stats.persistent` says so.
 *
 * An entry is kept by reference until it is written, within `flushIntervalMs`: one that changes until then may be kept as
 * it is by that time. Entries may hold whatever can be cloned (a Map, a Date, a Blob).
 */
export class LogRotator<Entry = unknown> implements Lifecycle, AsyncDisposable, MemoryResponder {
  readonly name: string;
  readonly config: LogSettings;
  readonly stats$: Observable<LogStats>;
  /** What went wrong; never errors, completes on dispose. */
  readonly errors$: Observable<LogError>;
  /** Each write, and why it was made. */
  readonly writes$: Observable<LogWrite>;
  /** Each segment that this page has sealed. */
  readonly rotations$: Observable<Segment>;

  readonly #clock: Clock;
  readonly #environment: Environment;
  readonly #buffer: PackBuffer;
  readonly #rotation: Rotation;
  readonly #store: SwitchingLogStore;
  readonly #writer: SegmentWriter;
  readonly #flusher: Flusher;
  readonly #reader: PackReader<Entry>;
  readonly #maintenance: Maintenance;
  readonly #index = new SegmentIndex();
  readonly #snapshot: LiveSnapshot<LogStats>;
  readonly #pool: WorkerPool<PoiseTasks>;
  readonly #ownsPool: boolean;
  readonly #tail = new Subject<Entry>();
  readonly #errors = new Subject<LogError>();
  readonly #writes = new Subject<LogWrite>();
  readonly #rotations = new Subject<Segment>();
  #running: Disposer | undefined;
  #cancelFlush: Teardown | undefined;
  #cancelTidy: Teardown | undefined;
  #counts = { added: 0, rotatedFiles: 0, dropped: 0, damaged: 0 };
  #disposed = false;

  /** @throws ConfigError */
  constructor(config: LogConfig = {}, dependencies: LogDependencies = {}) {
    const { clock = new SystemClock(), environment = detectEnvironment(), pool, traffic } = dependencies;
    this.config = resolveLogConfig(config);
    this.name = `log '${this.config.name}'`;
    this.#clock = clock;
    this.#environment = environment;
    this.#ownsPool = pool === undefined;
    this.#pool = pool ?? createPoisePool({}, { clock, environment });
    this.#snapshot = new LiveSnapshot(() => this.stats, clock);
    this.stats$ = this.#snapshot.value$;
    this.errors$ = this.#errors.asObservable();
    this.writes$ = this.#writes.asObservable();
    this.rotations$ = this.#rotations.asObservable();

    const { name, durability, maxPending } = this.config;
    this.#store = new SwitchingLogStore(
      new IdbLogStore({ name, durability, environment, traffic: traffic ?? new StorageTraffic() }),
    );
    this.#rotation = new Rotation(this.config);
    this.#buffer = new PackBuffer(this.#rotation.packBytes);
    const writer = crypto.randomUUID();
    this.#writer = new SegmentWriter({
      store: this.#store,
      buffer: this.#buffer,
      rotation: this.#rotation,
      clock,
      writer,
      onWritten: (segment) => this.#onWritten(segment),
    });
    this.#reader = new PackReader<Entry>(
      this.#store,
      (bytes) => this.#pool.run('unpackRecords', bytes),
      (cause) => this.#onDamaged(cause),
    );
    this.#maintenance = new Maintenance({
      settings: this.config,
      store: this.#store,
      index: this.#index,
      reader: this.#reader,
      squeeze: async (packs) => {
        const bytes = await this.#pool.run('packRecords', packs);
        return bytes.byteLength > 0 ? bytes : undefined;
      },
      clock,
      environment,
      writer,
      onError: (error) => this.#report(error),
    });
    this.#flusher = new Flusher({
      buffer: this.#buffer,
      writer: this.#writer,
      clock,
      maxPending,
      makeRoom: () => this.#makeRoom(),
      fallBack: (cause) => this.#fallBack(cause),
      onWrite: (entries, reason) => this.#writes.next({ entries, reason }),
      onDropped: (count, cause) => this.#onDropped(count, cause),
      onDiskFull: (cause) =>
        this.#report(new LogError(LogErrorCode.DISK_FULL, 'there is no room on the disk', { cause })),
    });
  }

  get stats(): LogStats {
    const { cleanups, cleanedEntries } = this.#maintenance;
    const { persistent } = this.#store;
    const { diskFull } = this.#flusher;
    return {
      ...this.#counts,
      ...this.#index.totals(),
      pending: this.#buffer.size,
      cleanups,
      cleanedEntries,
      persistent,
      diskFull,
    };
  }

  /** Begins to write what is added, and to look after the segments. */
  start(): void {
    if (this.#running || this.#disposed) return;
    const disposer = new Disposer();
    this.#running = disposer;
    const { document } = this.#environment;
    const visibility = observeVisibility(document).subscribe((visible) => {
      if (!visible) this.#flusher.run('hidden');
    });
    disposer.add(() => visibility.unsubscribe());
    if (document?.defaultView) disposer.listen(document.defaultView, 'pagehide', () => this.#flusher.run('hidden'));
    this.#writer.adopt().catch((cause: unknown) => this.#fallBack(cause));
    this.#tidyAgain(disposer, TIDY_WITHIN_MS);
    if (this.#buffer.size > 0) this.#flushSoon();
  }

  /** Writes what waits, and ends timers, listeners and an idle worker. What is stored stays. */
  stop(): void {
    const running = this.#running;
    this.#running = undefined;
    running?.dispose();
    for (const cancel of [this.#cancelFlush, this.#cancelTidy]) cancel?.();
    this.#cancelFlush = undefined;
    this.#cancelTidy = undefined;
    this.#flusher.stop();
    if (running) void this.#flusher.flush('dispose');
  }

  /** Adds one entry: returns at once, and never throws. It is written within `flushIntervalMs`. */
  addEntry(entry: Entry): void {
    if (this.#disposed) return;
    try {
      this.#buffer.add(entry, this.#timeOf(entry));
    } catch (cause) {
      this.#onDropped(1, cause);
      return;
    }
    this.#counts.added++;
    this.#flusher.added();
    if (this.#running) {
      if (this.#buffer.hasFull) this.#flusher.run('count');
      else this.#flushSoon();
    }
    if (this.#tail.observed) this.#tail.next(entry);
    this.#snapshot.notify();
  }

  /** Adds one entry and waits for it. @returns whether it is durable; false where there is only memory. Does not reject. */
  append(entry: Entry): Promise<boolean> {
    this.addEntry(entry);
    return this.flush();
  }

  /** Writes all that waits. @returns whether all that was added before is durable. Does not reject. */
  async flush(): Promise<boolean> {
    return (await this.#flusher.flush('flush')) && this.#store.persistent;
  }

  /** Seals this page's segment, however much is in it, and looks after the others. Does not reject. */
  async rotate(): Promise<void> {
    await this.flush();
    await this.#writer.seal().catch((cause: unknown) => this.#fallBack(cause));
    await this.#maintenance.run(new AbortController().signal);
    this.#snapshot.notify();
  }

  /**
   * Reads entries by time, of all tabs, with what still waits here. Reads only the segments that it needs, one after the
   * other, so the log may be larger than memory. @throws ConfigError on a bad query
   */
  query(query: LogQuery<Entry> = {}): AsyncIterableIterator<Entry> {
    checkQuery(query);
    return this.#read(query);
  }

  /** Entries as they are added through this LogRotator, from now on. Completes on dispose. */
  tail(): Observable<Entry> {
    return this.#tail.asObservable();
  }

  /** The log, or what a query finds in it, as a stream of bytes. @throws ConfigError */
  export(format: LogFormat = LogFormat.NDJSON, query: LogQuery<Entry> = {}): ReadableStream<Uint8Array<ArrayBuffer>> {
    checkArgument('export', 'format', format, oneOf(LogFormat));
    const bytes = exportLog(this.query(query), format);
    const { CompressionStream } = this.#environment;
    if (format !== LogFormat.NDJSON_GZ) return bytes;
    if (!CompressionStream) {
      throw new LogError(
        LogErrorCode.NOT_COMPRESSED,
        "this browser has no compression streams: export 'ndjson' instead",
      );
    }
    return bytes.pipeThrough(new CompressionStream('gzip'));
  }

  /** Looks at what other tabs have done, and tells the stats as they are then. Does not reject. */
  async refresh(): Promise<LogStats> {
    await this.#store.segments().then(
      (segments) => this.#index.refresh(segments),
      (cause: unknown) => this.#fallBack(cause),
    );
    return this.stats;
  }

  /** Removes all entries, of all tabs. Does not reject. */
  async clear(): Promise<void> {
    await this.flush();
    this.#writer.forget();
    await this.#store.clear().catch((cause: unknown) => this.#fallBack(cause));
    this.#index.refresh([]);
    this.#snapshot.notify();
  }

  /** Gives memory back: what waits is written. Entries on disk are not memory. */
  async releaseMemory(_level: PressureLevel): Promise<MemoryRelease> {
    const items = this.#buffer.size;
    const written = await this.flush();
    return { items: written ? items : 0, bytes: undefined };
  }

  /** Stops for good, without waiting for the last write. */
  [disposeSymbol](): void {
    void this[asyncDisposeSymbol]();
  }

  /** Stops for good when all is written. */
  async [asyncDisposeSymbol](): Promise<void> {
    if (this.#disposed) return;
    this.stop();
    this.#disposed = true;
    await this.flush();
    this.#store.close();
    if (this.#ownsPool) this.#pool[disposeSymbol]();
    this.#snapshot.complete();
    for (const subject of [this.#tail, this.#errors, this.#writes, this.#rotations]) subject.complete();
  }

  async *#read(query: LogQuery<Entry>): AsyncGenerator<Entry, void, undefined> {
    await this.flush();
    await this.#flusher.idle();
    // Nothing is written between the two: an entry is either in the one or in the other.
    const waiting = this.#buffer.peek();
    const { newest } = this.#index;
    if (query.order === 'newest-first' && newest && query.until === undefined)
      this.#reader.prefetch(newest, newest.packs.length - 1);
    const segments = await this.#store.segments().catch((cause: unknown) => {
      this.#onDamaged(cause);
      return [];
    });
    yield* readLog(segments, waiting, this.#reader, query);
  }

  #timeOf(entry: Entry): EpochMs {
    if (isPlainObject(entry)) {
      const time = entry[this.config.timeField];
      if (typeof time === 'number' && Number.isFinite(time)) return time;
      if (time instanceof Date && Number.isFinite(time.getTime())) return time.getTime();
    }
    return this.#clock.wallNow();
  }

  #flushSoon(): void {
    this.#cancelFlush ??= this.#clock.setTimer(() => {
      this.#cancelFlush = undefined;
      this.#flusher.run('age');
    }, this.config.flushIntervalMs);
  }

  #onWritten(segment: Segment): void {
    this.#index.set(segment);
    if (segment.sealed) {
      this.#counts.rotatedFiles++;
      this.#rotations.next(segment);
      if (this.#running) this.#tidySoon(this.#running);
    }
    this.#snapshot.notify();
  }

  /** Looks after the segments when the page has time. */
  #tidySoon(running: Disposer): void {
    this.#cancelTidy ??= whenIdle(() => void this.#tidy(running), TIDY_WITHIN_MS, this.#clock, this.#environment);
  }

  #tidyAgain(running: Disposer, afterMs: number): void {
    const cancel = this.#clock.setTimer(() => {
      this.#tidySoon(running);
      this.#tidyAgain(running, Math.min(TIDY_MS, this.#rotation.ageMs ?? TIDY_MS));
    }, afterMs);
    running.add(cancel);
  }

  async #tidy(running: Disposer): Promise<void> {
    const abort = new AbortController();
    running.add(() => abort.abort());
    const { segment } = this.#writer;
    if (segment && this.#rotation.isFull(segment, this.#clock.wallNow()))
      await this.#writer.seal().catch((cause: unknown) => this.#fallBack(cause));
    await this.#maintenance.run(abort.signal);
    this.#cancelTidy = undefined;
    this.#snapshot.notify();
  }

  async #makeRoom(): Promise<boolean> {
    const segments = await this.#store.segments();
    const bytes = segments.reduce((sum, segment) => sum + rawBytesOf(segment), 0);
    const oldest = oldestUpTo(segments, bytes / 4);
    await this.#maintenance.remove(oldest);
    return oldest.length > 0;
  }

  #fallBack(cause: unknown): void {
    if (!this.#store.persistent) return;
    this.#store.fallBack();
    this.#writer.forget();
    this.#index.refresh([]);
    const message = `the log '${this.config.name}' is in memory only: ${describe(cause)}`;
    this.#report(new LogError(LogErrorCode.NOT_PERSISTENT, message, { cause }));
  }

  #onDropped(count: number, cause: unknown): void {
    this.#counts.dropped += count;
    this.#report(new LogError(LogErrorCode.DROPPED, `${count} entries were lost: ${describe(cause)}`, { cause }));
  }

  #onDamaged(cause: unknown): void {
    this.#counts.damaged++;
    this.#report(new LogError(LogErrorCode.DAMAGED, `a record could not be read: ${describe(cause)}`, { cause }));
  }

  #report(error: LogError): void {
    this.#errors.next(error);
    this.#snapshot.notify();
  }
}
