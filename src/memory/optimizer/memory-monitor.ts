import { merge, type Observable, Subject, Subscription } from 'rxjs';
import { heapSource, observeHeap } from '../../collect/heap.js';
import type { Clock } from '../../core/clock.js';
import type { Teardown } from '../../core/disposer.js';
import type { Environment } from '../../core/environment.js';
import { type HeapReading, HeapSource } from '../../core/heap-reading.js';
import type { EpochMs, Milliseconds } from '../../core/units.js';
import type { MakeDetector, Observation } from '../leaks/leak-detector.js';
import { LeakWatch } from '../leaks/leak-watch.js';
import type { MemoryLeak } from '../leaks/memory-leak.js';
import { CollectionCounter } from './collection-counter.js';
import { HeapState } from './heap-state.js';
import type { MemoryOptimizerSettings } from './memory-optimizer-config.js';
import type { ObjectTracker } from './object-tracker.js';
import type { OperationMeter } from './operation-meter.js';
import { RemovedElements } from './removed-elements.js';

export interface MemoryMonitorParts {
  readonly clock: Clock;
  readonly environment: Environment;
  /** Readings that somebody else makes, in a rhythm of their own: nothing is polled then. */
  readonly heap$: Observable<HeapReading> | undefined;
  readonly tracker: ObjectTracker;
  readonly meter: OperationMeter;
  readonly detectors: readonly MakeDetector[] | undefined;
  /** Something was seen. */
  readonly onChange: () => void;
}

/** The finalisers of what a collection took run in tasks of their own; counts are right after this. */
const SETTLE_MS: Milliseconds = 200;

/** Reads the heap, notices collections, counts what lives, and shows all of it to the leak detectors. */
export class MemoryMonitor {
  readonly heapState: HeapState = new HeapState();
  readonly collections: CollectionCounter;
  readonly removed: RemovedElements;
  readonly leakWatch: LeakWatch;
  readonly #settings: MemoryOptimizerSettings;
  readonly #parts: MemoryMonitorParts;
  readonly #heap$: Observable<HeapReading>;
  readonly #readNow = new Subject<void>();
  readonly #leaks = new Subject<MemoryLeak>();
  #running: Subscription | undefined;
  /** Whether a collection has only just ended. */
  #settled = false;
  #lastCollectionAt: EpochMs | undefined;
  #ownTimeMs: Milliseconds = 0;

  constructor(settings: MemoryOptimizerSettings, parts: MemoryMonitorParts) {
    const { clock, environment, detectors } = parts;
    this.#settings = settings;
    this.#parts = parts;
    this.collections = new CollectionCounter(environment);
    this.removed = new RemovedElements(environment, clock);
    this.leakWatch = new LeakWatch(settings.leakThresholdBytes, detectors);
    this.#heap$ = this.#readings();
  }

  get running(): boolean {
    return this.#running !== undefined;
  }

  get leaks$(): Observable<MemoryLeak> {
    return this.#leaks.asObservable();
  }

  get lastCollectionAt(): EpochMs | undefined {
    return this.#lastCollectionAt;
  }

  /** Main-thread time that was spent on it. */
  get ownTimeMs(): Milliseconds {
    return this.#ownTimeMs;
  }

  start(): void {
    if (this.#running) return;
    const running = new Subscription();
    this.#running = running;
    this.leakWatch.begin();
    this.collections.start();
    if (this.#settings.enableAllocationTracking) this.removed.start();
    let cancel: Teardown = () => undefined;
    running.add(() => cancel());
    running.add(
      this.collections.collected$.subscribe(() => {
        this.#onCollected();
        cancel();
        cancel = this.#parts.clock.setTimer(() => this.#count(), SETTLE_MS);
      }),
    );
    this.#count();
    running.add(this.#heap$.subscribe((reading) => this.#onReading(reading)));
  }

  stop(): void {
    this.#running?.unsubscribe();
    this.#running = undefined;
    this.collections.stop();
    this.removed.stop();
  }

  complete(): void {
    this.#leaks.complete();
  }

  #readings(): Observable<HeapReading> {
    const { clock, environment, tracker, heap$: given$ } = this.#parts;
    const { intervalMs, enableAllocationTracking } = this.#settings;
    const source = heapSource(environment);
    const own = { readNow$: this.#readNow, clock, environment };
    // A measurement by the user agent tells what is left after a collection anyway.
    if (given$ && source === HeapSource.USER_AGENT) return given$;
    if (given$ && source) return merge(given$, observeHeap({ ...own, polls: false }));
    const tracks = enableAllocationTracking && tracker.supported;
    return observeHeap({ ...own, intervalMs, ...(tracks && { tracked: () => tracker.bytes }) });
  }

  #onCollected(): void {
    this.#lastCollectionAt = this.#parts.clock.wallNow();
    this.#settled = true;
    this.#readNow.next();
    this.#settled = false;
  }

  #onReading(heap: HeapReading): void {
    this.heapState.add(heap);
    this.#parts.meter.see(heap.usedBytes);
    const settled = this.#settled || heap.source === HeapSource.USER_AGENT;
    this.#show({ time: heap.time, heap, settled, ...(settled && { operations: this.#parts.meter.counts() }) });
  }

  /** Counts what lives. */
  #count(): void {
    const { clock, tracker } = this.#parts;
    if (!this.#settings.enableAllocationTracking) return;
    this.#show({
      time: clock.now(),
      settled: true,
      components: tracker.counts(),
      detached: this.removed.settle(),
    });
  }

  #show(observation: Observation): void {
    const { clock, onChange } = this.#parts;
    const { memoryThresholdBytes, leakThresholdBytes, gcThreshold } = this.#settings;
    const startedAt = clock.now();
    const usedBytes = this.heapState.last?.usedBytes;
    const headroomBytes = usedBytes === undefined ? undefined : memoryThresholdBytes - usedBytes;
    const limits = { leakThresholdBytes, gcThreshold, headroomBytes };
    const told = this.leakWatch.observe(observation, limits, clock.wallNow());
    this.#ownTimeMs += clock.now() - startedAt;
    for (const leak of told) this.#leaks.next(leak);
    onChange();
  }
}
