import { type Observable, Subject } from 'rxjs';
import { type Clock, SystemClock } from '../../core/clock.js';
import { disposeSymbol } from '../../core/disposer.js';
import { detectEnvironment, type Environment } from '../../core/environment.js';
import type { PoiseError } from '../../core/errors.js';
import { guard } from '../../core/guard.js';
import type { Lifecycle } from '../../core/lifecycle.js';
import { LiveSnapshot } from '../../core/live-snapshot.js';
import type { MemoryRelease, MemoryResponder } from '../../core/memory-responder.js';
import { PressureLevel } from '../../core/pressure-level.js';
import type { Bytes, EpochMs, Milliseconds, MonotonicMs } from '../../core/units.js';
import { type Check, checkArgument, func, positive, text } from '../../core/validate.js';
import { BusyTime } from './busy-time.js';
import { Handover } from './handover.js';
import { exactHeapReader, heapGrowth } from './heap-reading.js';
import { MetricsBook } from './metrics-book.js';
import type { MetricsSink } from './metrics-sink.js';
import { isOperationMetrics, type OperationMetrics } from './operation-metrics.js';
import { type OperationReport, reportOn } from './operation-report.js';
import {
  type PerformanceManagerConfig,
  type PerformanceManagerSettings,
  resolvePerformanceManagerConfig,
} from './performance-manager-config.js';
import type { PerformanceManagerStats } from './performance-manager-stats.js';
import { tellUserTiming } from './user-timing.js';

/** The platform and the parts that a PerformanceManager uses; each has a default. */
export interface PerformanceManagerDependencies {
  readonly clock?: Clock;
  readonly environment?: Environment;
  /** Keeps metrics beyond memory: a LogRotator. Default: none. */
  readonly sink?: MetricsSink;
  /** Reads the heap; `undefined` where that says nothing. Default: `performance.memory` where it is exact. */
  readonly readHeap?: () => Bytes | undefined;
}

/** An operation with data of the app's own, which stands in its metrics. */
export interface MeasuredOperation {
  readonly name: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** A run that is being measured. */
interface Run {
  readonly componentId: string;
  readonly operation: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly start: MonotonicMs;
  readonly heap: Bytes | undefined;
}

const NO_METADATA = Object.freeze({});

const time: Check = {
  allowed: 'epoch milliseconds or a Date',
  test: (v) => v === undefined || Number.isFinite(v instanceof Date ? v.getTime() : v),
};

/**
 * Measures functions, and says what their figures mean (seed 000: PerformanceManager). It measures whether it is started
 * or not; between `start()` and `stop()` it also learns how busy the main thread was during async runs, hands metrics to
 * the sink and tells them by `metrics$`. An idle one wakes nobody.
 */
export class PerformanceManager implements Lifecycle, MemoryResponder {
  readonly name = 'performance metrics';
  readonly config: Readonly<PerformanceManagerSettings>;
  readonly stats$: Observable<PerformanceManagerStats>;
  /** Each run, once all is known of it. */
  readonly metrics$: Observable<OperationMetrics>;
  /** What the sink, or the browser's User Timing, threw. Never errors; completes on dispose. */
  readonly errors$: Observable<PoiseError>;

  readonly #clock: Clock;
  readonly #environment: Environment;
  readonly #sink: MetricsSink | undefined;
  readonly #readHeap: () => Bytes | undefined;
  readonly #book: MetricsBook;
  readonly #busy: BusyTime;
  readonly #snapshot: LiveSnapshot<PerformanceManagerStats>;
  readonly #metrics = new Subject<OperationMetrics>();
  readonly #errors = new Subject<PoiseError>();
  readonly #handover: Handover;
  #counts = { measured: 0, failed: 0, active: 0 };
  #running = false;
  #disposed = false;

  /** @throws ConfigError */
  constructor(config: PerformanceManagerConfig = {}, dependencies: PerformanceManagerDependencies = {}) {
    const { clock = new SystemClock(), environment = detectEnvironment(), sink, readHeap } = dependencies;
    this.config = resolvePerformanceManagerConfig(config);
    this.#clock = clock;
    this.#environment = environment;
    this.#sink = sink;
    this.#readHeap = readHeap ?? exactHeapReader(environment);
    this.#book = new MetricsBook(this.config.maxMetrics, this.config.maxComponents);
    this.#busy = new BusyTime(environment);
    this.#handover = new Handover({
      clock,
      sink,
      busy: this.#busy,
      onComplete: (metrics) => this.#metrics.next(metrics),
      onError: (error) => this.#errors.next(error),
    });
    this.#snapshot = new LiveSnapshot(() => this.stats, clock);
    this.stats$ = this.#snapshot.value$;
    this.metrics$ = this.#metrics.asObservable();
    this.errors$ = this.#errors.asObservable();
  }

  get stats(): PerformanceManagerStats {
    const { kept, dropped, components } = this.#book;
    const { persisted, notPersisted } = this.#handover;
    return {
      ...this.#counts,
      persisted,
      notPersisted,
      components: components.length,
      kept,
      dropped,
      mainThreadSource: this.#busy.supported ? 'longtask' : 'unsupported',
    };
  }

  /** The components with metrics in memory, the one that was measured last at the end. */
  get components(): readonly string[] {
    return this.#book.components;
  }

  /** @param intervalMs see `config.intervalMs`, which it stands in for @throws ConfigError */
  start(intervalMs: Milliseconds = this.config.intervalMs): void {
    checkArgument('start', 'intervalMs', intervalMs, positive);
    if (this.#running || this.#disposed) return;
    this.#running = true;
    this.#busy.start(this.#clock.now());
    this.#handover.start(intervalMs);
  }

  /** Hands over what waits, and ends timer and observer. Metrics in memory stay. */
  stop(): void {
    if (!this.#running) return;
    this.#handover.stop();
    this.#running = false;
    this.#busy.stop();
  }

  /**
   * Runs a function and measures it, until its promise is settled where it returns one. What it returns or throws comes
   * back as it is. Of a promise, its continuation comes back, of the same class and settled the same way one microtask
   * later: following the promise itself would hide a rejection that nobody handles from the browser.
   * Thenables that are no promises count as values: some begin their work when they are followed.
   * @throws what the function throws; ConfigError on bad names
   */
  measurePerformance<Args extends readonly unknown[], Result>(
    componentId: string,
    operation: string | MeasuredOperation,
    fn: (...args: Args) => Result,
    ...args: Args
  ): Result {
    const { name, metadata } = typeof operation === 'object' ? operation : { name: operation, metadata: NO_METADATA };
    checkArgument('measurePerformance', 'componentId', componentId, text);
    checkArgument('measurePerformance', 'operation', name, text);
    checkArgument('measurePerformance', 'fn', fn, func);
    if (this.#disposed) return fn(...args);
    this.#counts.active++;
    const heap = this.config.measureMemory ? this.#heap() : undefined;
    const run = { componentId, operation: name, metadata, heap, start: this.#clock.now() };
    let result: Result;
    try {
      result = fn(...args);
    } catch (cause) {
      this.#end(run, { async: false, cause });
      throw cause;
    }
    if (result instanceof Promise) return this.#follow(run, result);
    this.#end(run, { async: false });
    return result;
  }

  /** The metrics in memory of runs that began in a period, both ends included, in order. @throws ConfigError */
  getMetrics(componentId: string, start?: EpochMs | Date, end?: EpochMs | Date): OperationMetrics[] {
    checkArgument('getMetrics', 'start', start, time);
    checkArgument('getMetrics', 'end', end, time);
    return this.#book.between(componentId, Number(start ?? Number.NEGATIVE_INFINITY), Number(end ?? Infinity));
  }

  /** The same with what the sink holds: earlier visits, other tabs, and what memory has no room for. @throws ConfigError */
  async loadMetrics(componentId: string, start?: EpochMs | Date, end?: EpochMs | Date): Promise<OperationMetrics[]> {
    const inMemory = this.getMetrics(componentId, start, end);
    if (!this.#sink?.query) return inMemory;
    // What ended in this very task is complete after it.
    await new Promise<void>((resolve) => this.#clock.afterTask(resolve));
    this.#handover.settle();
    const found: OperationMetrics[] = [];
    for await (const entry of this.#sink.query({ since: toEpoch(start), until: toEpoch(end) }))
      if (isOperationMetrics(entry) && entry.componentId === componentId) found.push(entry);
    return found.sort((a, b) => a.timestamp - b.timestamp);
  }

  /** A report on metrics in memory; `reportOn` makes one of what `loadMetrics` gives. @throws ConfigError */
  generateReport(componentId: string, start?: EpochMs | Date, end?: EpochMs | Date): OperationReport {
    const metrics = this.getMetrics(componentId, start, end);
    return reportOn(componentId, metrics, toEpoch(start), toEpoch(end));
  }

  /** Forgets the metrics in memory, of one component or of all. */
  clear(componentId?: string): void {
    this.#handover.settle();
    this.#book.clear(componentId);
    this.#snapshot.notify();
  }

  /** Gives memory back: half of the metrics under 'serious' pressure, all under 'critical'; the sink has them. */
  releaseMemory(level: PressureLevel): MemoryRelease {
    const share = level === PressureLevel.CRITICAL ? 1 : level === PressureLevel.SERIOUS ? 0.5 : 0;
    if (share > 0) this.#handover.settle();
    const items = share > 0 ? this.#book.shrink(share) : 0;
    this.#snapshot.notify();
    return { items, bytes: undefined };
  }

  /** Stops for good. Functions still run, but are not measured. */
  [disposeSymbol](): void {
    if (this.#disposed) return;
    this.stop();
    this.#disposed = true;
    this.#book.clear();
    this.#snapshot.complete();
    this.#metrics.complete();
    this.#errors.complete();
  }

  #heap(): Bytes | undefined {
    let bytes: Bytes | undefined;
    const read = () => {
      bytes = this.#readHeap();
    };
    guard('readHeap', read, (error) => this.#errors.next(error));
    return bytes;
  }

  #follow<Result extends Promise<unknown>>(run: Run, promise: Result): Result;
  #follow(run: Run, promise: Promise<unknown>): Promise<unknown> {
    return promise.then(
      (value) => {
        this.#end(run, { async: true });
        return value;
      },
      (cause: unknown) => {
        this.#end(run, { async: true, cause });
        throw cause;
      },
    );
  }

  /** Never throws. */
  #end(run: Run, { async, ...outcome }: { readonly async: boolean; readonly cause?: unknown }): void {
    const end = this.#clock.now();
    this.#counts.active--;
    if (this.#disposed) return;
    const failed = 'cause' in outcome;
    this.#counts.measured++;
    if (failed) this.#counts.failed++;
    const { componentId, operation, metadata, start, heap } = run;
    const slot = this.#book.add({
      componentId,
      operation,
      timestamp: this.#clock.toEpoch(start),
      executionTimeMs: end - start,
      async,
      failed,
      errorName: failed ? nameOf(outcome.cause) : undefined,
      memoryUsageBytes: async || heap === undefined ? undefined : heapGrowth(heap, this.#heap()),
      mainThreadPercent: async ? undefined : 100,
      metadata,
    });
    if (this.config.userTiming)
      guard(
        'User Timing',
        () => tellUserTiming(slot.metrics, start, end, this.#environment),
        (error) => this.#errors.next(error),
      );
    this.#handover.add({ slot, start, end });
    this.#snapshot.notify();
  }
}

const toEpoch = (given: EpochMs | Date | undefined): EpochMs | undefined =>
  given === undefined ? undefined : Number(given);

function nameOf(cause: unknown): string {
  try {
    return cause instanceof Error ? cause.name : typeof cause;
  } catch {
    return 'unknown';
  }
}
