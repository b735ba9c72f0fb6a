import type { Observable } from 'rxjs';
import { type Clock, SystemClock } from '../core/clock.js';
import { asyncDisposeSymbol, Disposer, disposeSymbol, type Teardown } from '../core/disposer.js';
import { detectEnvironment, type Environment } from '../core/environment.js';
import { isPlainObject } from '../core/json-faithful.js';
import type { Lifecycle } from '../core/lifecycle.js';
import { LiveSnapshot } from '../core/live-snapshot.js';
import type { MemoryRelease, MemoryResponder } from '../core/memory-responder.js';
import type { PressureLevel } from '../core/pressure-level.js';
import { observeVisibility } from '../core/scheduling.js';
import type { EpochMs } from '../core/units.js';
import { checkArgument, oneOf } from '../core/validate.js';
import { StorageTraffic } from '../storage/index.js';
import type { PoiseTasks, WorkerPool } from '../workers/index.js';
import { EntriesOf } from './entries-of.js';
import { LogCodec } from './log-codec.js';
import { type LogConfig, type LogSettings, resolveLogConfig } from './log-config.js';
import { LogError, LogErrorCode } from './log-error.js';
import { LogEvents, type LogWrite } from './log-events.js';
import { exportLog, LogFormat } from './log-export.js';
import { LogParts } from './log-parts.js';
import { checkQuery, type LogQuery, readLog } from './log-query.js';
import type { LogStats } from './log-stats.js';
import type { Segment } from './store/segment.js';

/** The platform and the parts that a log shares with others; each has a default. */
export interface LogDependencies {
  readonly clock?: Clock;
  readonly environment?: Environment;
  /** Compresses sealed segments. Default: a worker of its own, which ends when it is idle. */
  readonly pool?: WorkerPool<PoiseTasks>;
  /** Counts what is written and read. */
  readonly traffic?: StorageTraffic;
}

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
  readonly #parts: LogParts<Entry>;
  readonly #snapshot: LiveSnapshot<LogStats>;
  readonly #codec: LogCodec;
  readonly #events: LogEvents<Entry>;
  #running: Disposer | undefined;
  #cancelFlush: Teardown | undefined;
  #disposed = false;

  /** @throws ConfigError */
  constructor(config: LogConfig = {}, dependencies: LogDependencies = {}) {
    const { clock = new SystemClock(), environment = detectEnvironment(), pool, traffic } = dependencies;
    this.config = resolveLogConfig(config);
    this.name = `log '${this.config.name}'`;
    this.#clock = clock;
    this.#environment = environment;
    this.#codec = new LogCodec({ pool, clock, environment });
    this.#events = new LogEvents(this.config.name, () => this.#snapshot.notify());
    this.#snapshot = new LiveSnapshot(() => this.stats, clock);
    this.stats$ = this.#snapshot.value$;
    this.errors$ = this.#events.errors.asObservable();
    this.writes$ = this.#events.writes.asObservable();
    this.rotations$ = this.#events.rotations.asObservable();

    this.#parts = new LogParts<Entry>({
      settings: this.config,
      clock,
      environment,
      traffic: traffic ?? new StorageTraffic(),
      codec: this.#codec,
      events: this.#events,
      onChange: () => this.#snapshot.notify(),
    });
  }

  get stats(): LogStats {
    const { cleanups, cleanedEntries } = this.#parts.maintenance;
    const { persistent } = this.#parts.store;
    const { diskFull } = this.#parts.flusher;
    return {
      ...this.#events.counts,
      ...this.#parts.index.totals(),
      pending: this.#parts.buffer.size,
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
      if (!visible) this.#parts.flusher.run('hidden');
    });
    disposer.add(() => visibility.unsubscribe());
    if (document?.defaultView)
      disposer.listen(document.defaultView, 'pagehide', (event) => {
        if (event instanceof PageTransitionEvent && !event.persisted) this.#parts.flusher.runLast();
        else this.#parts.flusher.run('hidden');
      });
    this.#parts.writer.adopt().catch((cause: unknown) => this.#parts.fallBack(cause));
    this.#parts.tidying.start();
    disposer.add(() => this.#parts.tidying.stop());
    if (this.#parts.buffer.size > 0) this.#flushSoon();
  }

  /** Writes what waits, and ends timers, listeners and an idle worker. What is stored stays. */
  stop(): void {
    const running = this.#running;
    this.#running = undefined;
    running?.dispose();
    this.#cancelFlush?.();
    this.#cancelFlush = undefined;
    this.#parts.flusher.stop();
    if (running) void this.#parts.flusher.flush('dispose');
  }

  /** Adds one entry: returns at once, and never throws. It is written within `flushIntervalMs`. */
  addEntry(entry: Entry): void {
    if (this.#disposed) return;
    try {
      this.#parts.buffer.add(entry, this.#timeOf(entry));
    } catch (cause) {
      this.#events.dropped(1, cause);
      return;
    }
    this.#events.counts.added++;
    this.#parts.flusher.added();
    if (this.#running) {
      if (this.#parts.buffer.hasFull) this.#parts.flusher.run('count');
      else this.#flushSoon();
    }
    if (this.#events.tail.observed) this.#events.tail.next(entry);
    this.#snapshot.notify();
  }

  /** Adds one entry and waits for it. @returns whether it is durable; false where there is only memory. Does not reject. */
  append(entry: Entry): Promise<boolean> {
    this.addEntry(entry);
    return this.flush();
  }

  /** Writes all that waits. @returns whether all that was added before is durable. Does not reject. */
  async flush(): Promise<boolean> {
    return (await this.#parts.flusher.flush('flush')) && this.#parts.store.persistent;
  }

  /** Seals this page's segment, however much is in it, and looks after the others. Does not reject. */
  async rotate(): Promise<void> {
    await this.flush();
    await this.#parts.writer.seal().catch((cause: unknown) => this.#parts.fallBack(cause));
    await this.#parts.maintenance.run(new AbortController().signal);
    this.#snapshot.notify();
  }

  /**
   * Reads entries by time, of all tabs, with what still waits here. Reads only the segments that it needs, one after the
   * other, so the log may be larger than memory. @throws ConfigError on a bad query
   */
  query(query: LogQuery<Entry> = {}): AsyncIterableIterator<Entry> {
    checkQuery(query);
    return new EntriesOf(this.#read(query));
  }

  /** Entries as they are added through this LogRotator, from now on. Completes on dispose. */
  tail(): Observable<Entry> {
    return this.#events.tail.asObservable();
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
    await this.#parts.store.segments().then(
      (segments) => this.#parts.index.refresh(segments),
      (cause: unknown) => this.#parts.fallBack(cause),
    );
    return this.stats;
  }

  /** Removes all entries, of all tabs. Does not reject. */
  async clear(): Promise<void> {
    await this.flush();
    this.#parts.writer.forget();
    await this.#parts.store.clear().catch((cause: unknown) => this.#parts.fallBack(cause));
    this.#parts.index.refresh([]);
    this.#snapshot.notify();
  }

  /** Gives memory back: what waits is written, and the newest pack let go of. Entries on disk are not memory. */
  async releaseMemory(_level: PressureLevel): Promise<MemoryRelease> {
    const items = this.#parts.buffer.size;
    const written = await this.flush();
    this.#parts.reader.forget();
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
    this.#codec[disposeSymbol]();
    await this.#parts.tidying.idle();
    this.#parts.store.close();
    this.#snapshot.complete();
    this.#events.complete();
  }

  async *#read(query: LogQuery<Entry>): AsyncGenerator<Entry[], void, undefined> {
    await this.flush();
    await this.#parts.flusher.idle();
    // Nothing is written between the two: an entry is either in the one or in the other.
    const waiting = this.#parts.buffer.peek();
    const { newest } = this.#parts.index;
    const guess = query.order === 'newest-first' && query.until === undefined ? newest : undefined;
    const segments = await this.#parts.reader.segments(guess).catch((cause: unknown) => {
      this.#events.damaged(cause);
      return [];
    });
    yield* readLog(segments, waiting, this.#parts.reader, query);
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
      this.#parts.flusher.run('age');
    }, this.config.flushIntervalMs);
  }
}
