import { type Observable, Subject } from 'rxjs';
import { heapSource } from '../../collect/heap.js';
import { type Clock, SystemClock } from '../../core/clock.js';
import { disposeSymbol, type Teardown } from '../../core/disposer.js';
import { detectEnvironment, type Environment } from '../../core/environment.js';
import type { PoiseError } from '../../core/errors.js';
import { type HeapReading, HeapSource } from '../../core/heap-reading.js';
import type { Lifecycle } from '../../core/lifecycle.js';
import { LiveSnapshot } from '../../core/live-snapshot.js';
import type { MemoryResponder } from '../../core/memory-responder.js';
import { PressureLevel } from '../../core/pressure-level.js';
import { BYTES_PER_MB, type Bytes, type EpochMs } from '../../core/units.js';
import { type Check, checkArgument, func, resolveConfig, text } from '../../core/validate.js';
import type { MakeDetector } from '../leaks/leak-detector.js';
import type { MemoryLeak } from '../leaks/memory-leak.js';
import type { MemoryMetrics } from './memory-metrics.js';
import { MemoryMonitor } from './memory-monitor.js';
import {
  MEMORY_OPTIMIZER_CHECKS,
  MEMORY_OPTIMIZER_DEFAULTS,
  type MemoryOptimizerConfig,
  type MemoryOptimizerSettings,
} from './memory-optimizer-config.js';
import type { MemoryOptimizerStats, MemoryReport } from './memory-report.js';
import { ObjectTracker } from './object-tracker.js';
import { OperationMeter } from './operation-meter.js';
import { type MemoryOptimization, Responders } from './responders.js';

/** Garbage collection as far as a page can see it. */
export interface GcSettings {
  /** Whether full collections can be noticed here. */
  readonly supported: boolean;
  readonly collections: number;
  readonly lastCollectionAt: EpochMs | undefined;
}

/** The platform, and what is measured or judged elsewhere; each has a default. */
export interface MemoryOptimizerDependencies {
  readonly clock?: Clock;
  readonly environment?: Environment;
  /**
   * Readings of the page's heap, where somebody makes them already: then none is made every `intervalMs`, only one after
   * each collection.
   */
  readonly heap$?: Observable<HeapReading> | undefined;
  /** Other leak detectors than poise's own. */
  readonly detectors?: readonly MakeDetector[];
}

/**
 * Watches the page's memory, finds leaks while it runs, and asks for memory back (seed 000: MemoryOptimizer).
 * Where the browser gives no heap figure, only what is tracked, removed or measured by count is watched.
 */
export class MemoryOptimizer implements Lifecycle {
  readonly config: MemoryOptimizerSettings;
  readonly stats$: Observable<MemoryOptimizerStats>;
  /** Each leak once when it is found, and once with `endedAt` when it has ended. */
  readonly leaks$: Observable<MemoryLeak>;
  /** What failed in code of the app's: responders that threw or did not answer. */
  readonly errors$: Observable<PoiseError>;
  readonly #clock: Clock;
  readonly #source: MemoryOptimizerStats['source'];
  readonly #tracker: ObjectTracker;
  readonly #meter: OperationMeter;
  readonly #monitor: MemoryMonitor;
  readonly #responders: Responders;
  readonly #errorSubject = new Subject<PoiseError>();
  readonly #snapshot: LiveSnapshot<MemoryOptimizerStats>;
  #disposed = false;

  /** @throws ConfigError */
  constructor(
    config: MemoryOptimizerConfig = {},
    {
      clock = new SystemClock(),
      environment = detectEnvironment(),
      heap$,
      detectors,
    }: MemoryOptimizerDependencies = {},
  ) {
    this.config = resolveConfig('MemoryOptimizer', config, MEMORY_OPTIMIZER_DEFAULTS, MEMORY_OPTIMIZER_CHECKS);
    const onChange = () => this.#snapshot.notify();
    this.#clock = clock;
    this.#snapshot = new LiveSnapshot(() => this.stats, clock);
    this.#tracker = new ObjectTracker(environment);
    this.#source =
      heapSource(environment) ??
      (this.config.enableAllocationTracking && this.#tracker.supported ? HeapSource.TRACKED : 'unsupported');
    this.#meter = new OperationMeter({
      clock,
      readHeap: () => environment.performance?.memory?.usedJSHeapSize,
      objectsOf: (componentId) => this.#tracker.liveOf(componentId),
      collections: () => this.#monitor.collections.count,
      onChange,
    });
    const parts = { clock, environment, heap$, tracker: this.#tracker, meter: this.#meter, detectors, onChange };
    this.#monitor = new MemoryMonitor(this.config, parts);
    this.#responders = new Responders(clock, (error) => this.#errorSubject.next(error));
    this.stats$ = this.#snapshot.value$;
    this.leaks$ = this.#monitor.leaks$;
    this.errors$ = this.#errorSubject.asObservable();
  }

  get stats(): MemoryOptimizerStats {
    const { heapState, leakWatch, collections, removed, running, ownTimeMs } = this.#monitor;
    const { last, peakBytes } = heapState;
    const leaks = leakWatch.active;
    const tracks = this.config.enableAllocationTracking && this.#tracker.supported;
    return {
      running,
      source: this.#source,
      usedBytes: last?.usedBytes,
      limitBytes: last?.limitBytes,
      peakBytes,
      level: heapState.level(this.config.memoryThresholdBytes),
      gcCollections: collections.supported ? collections.count : undefined,
      trackedObjects: tracks ? this.#tracker.live : undefined,
      trackedBytes: tracks ? this.#tracker.bytes : undefined,
      followedElements: removed.followed,
      measuredOperations: this.#meter.runs,
      activeLeaks: leaks.length,
      leaks,
      leaksFound: leakWatch.found,
      responders: this.#responders.count,
      optimizations: this.#responders.rounds,
      bytesFreed: this.#responders.bytesFreed,
      ownTimeMs,
    };
  }

  /** Leaks that go on, the worst first. */
  get leaks(): readonly MemoryLeak[] {
    return this.#monitor.leakWatch.active;
  }

  /** Garbage collection as far as a page can see it (seed 000: gc_settings). */
  get gcSettings(): GcSettings {
    const { collections, lastCollectionAt } = this.#monitor;
    return { supported: collections.supported, collections: collections.count, lastCollectionAt };
  }

  /** What counts as much (seed 000: thresholds). */
  get thresholds(): Pick<MemoryOptimizerSettings, 'memoryThresholdBytes' | 'leakThresholdBytes' | 'gcThreshold'> {
    const { memoryThresholdBytes, leakThresholdBytes, gcThreshold } = this.config;
    return { memoryThresholdBytes, leakThresholdBytes, gcThreshold };
  }

  /** Starts monitoring (seed 000: start_monitoring). What detectors saw before a stop is forgotten. */
  start(): void {
    if (this.#disposed) return;
    this.#monitor.start();
    this.#snapshot.notify();
  }

  /** Stops monitoring. Objects that were tracked are counted on. */
  stop(): void {
    this.#monitor.stop();
    this.#responders.stop();
    this.#snapshot.notify();
  }

  /**
   * Runs `fn` and measures what it does to memory (seed 000: measure_memory). Gives back what `fn` gives and throws what
   * it throws; of a promise, when it settles. @throws ConfigError
   */
  measureMemory<Args extends readonly unknown[], Result>(
    componentId: string,
    operation: string,
    fn: (...args: Args) => Result,
    ...args: Args
  ): Result {
    checkArgument('measureMemory', 'componentId', componentId, text);
    checkArgument('measureMemory', 'operation', operation, text);
    checkArgument('measureMemory', 'fn', fn, func);
    return this.#meter.measure(componentId, operation, () => fn(...args));
  }

  /** Says that an operation was run, such as the visit of a route, to find what grows with each. @throws ConfigError */
  markOperation(componentId: string, operation: string): void {
    checkArgument('markOperation', 'componentId', componentId, text);
    checkArgument('markOperation', 'operation', operation, text);
    this.#meter.mark(componentId, operation);
  }

  /** The newest measurements, oldest first. */
  getMetrics(componentId?: string): readonly MemoryMetrics[] {
    return this.#meter.metrics(componentId);
  }

  /**
   * Counts an object as one of a component's while it lives; never keeps it alive. The size of buffers and blobs is known,
   * of others only when `bytes` is given. Once for each object is enough, more does no harm.
   * @throws ConfigError when it is no object
   */
  track(object: object, componentId: string, bytes?: Bytes): void {
    if (!this.config.enableAllocationTracking) return;
    checkArgument('track', 'object', object, TRACKABLE);
    this.#tracker.track(object, componentId, bytes);
  }

  /** Watches an open shadow root for elements that are taken out of it, as the document is. Returns what ends that. */
  watchRoot(root: ShadowRoot): Teardown {
    return this.#monitor.removed.watchRoot(root);
  }

  /** Adds somebody who can give memory back. Returns the remover. */
  registerResponder(responder: MemoryResponder): Teardown {
    const remove = this.#responders.add(responder);
    this.#snapshot.notify();
    return remove;
  }

  /**
   * Asks every responder to give back (seed 000: optimize_memory), as much as the memory calls for, but some.
   * A call while another runs gets the same answer. Does not reject.
   */
  async optimizeMemory(level: PressureLevel = this.#levelToAsk): Promise<MemoryOptimization> {
    const optimization = await this.#responders.ask(level);
    this.#snapshot.notify();
    return optimization;
  }

  /** Everything at once (seed 000: get_memory_report). */
  getMemoryReport(): MemoryReport {
    const { last, growthBytes } = this.#monitor.heapState;
    const { source, usedBytes, peakBytes, limitBytes, level, gcCollections } = this.stats;
    const { leaks } = this;
    return {
      timestamp: this.#clock.wallNow(),
      source,
      currentMemoryMb: inMb(usedBytes),
      peakMemoryMb: inMb(peakBytes),
      memoryGrowthMb: inMb(growthBytes),
      memoryLimitMb: inMb(limitBytes),
      breakdownMb: last?.breakdown && mapValues(last.breakdown, (bytes) => bytes / BYTES_PER_MB),
      level,
      gcCollections,
      components: this.#tracker.counts(),
      operations: this.#meter.summaries(),
      leaks,
      lastOptimization: this.#responders.last,
      recommendations: [...new Set(leaks.flatMap(({ recommendations }) => recommendations))],
    };
  }

  /** Stops for good and completes the streams. */
  [disposeSymbol](): void {
    if (this.#disposed) return;
    this.stop();
    this.#disposed = true;
    this.#snapshot.complete();
    this.#monitor.complete();
    this.#errorSubject.complete();
  }

  /** Whoever asks wants something given back. */
  get #levelToAsk(): PressureLevel {
    const { level = PressureLevel.FAIR } = this.stats;
    return level === PressureLevel.NOMINAL ? PressureLevel.FAIR : level;
  }
}

const TRACKABLE: Check = {
  allowed: 'an object or a function',
  test: (value) => (typeof value === 'object' && value !== null) || typeof value === 'function',
};

const inMb = (bytes: Bytes | undefined): number | undefined => (bytes === undefined ? undefined : bytes / BYTES_PER_MB);

const mapValues = (
  record: Readonly<Record<string, number>>,
  map: (value: number) => number,
): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
