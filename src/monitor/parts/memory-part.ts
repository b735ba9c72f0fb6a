import type { Observable, Subscription } from 'rxjs';
import { disposeSymbol } from '../../core/disposer.js';
import type { HeapReading } from '../../core/heap-reading.js';
import type { PressureLevel } from '../../core/pressure-level.js';
import { MemoryManager } from '../../memory/index.js';
import type { MemoryReading } from '../score/readings.js';
import { OnDemand } from './on-demand.js';
import type { MonitorPart, OptimizationAction, PartContext } from './part.js';

/** The entries that are kept in memory. */
export class MemoryPart implements MonitorPart<MemoryReading> {
  readonly #manager: OnDemand<MemoryManager<unknown>>;
  readonly #heap$: Observable<HeapReading>;
  #heap: HeapReading | undefined;
  #readings: Subscription | undefined;

  constructor({ settings, clock, given, heap$ }: PartContext) {
    const { maxEntries, maxMemoryMb, maxBodySize } = settings;
    this.#heap$ = heap$;
    this.#manager = new OnDemand<MemoryManager<unknown>>(
      given.memoryManager,
      () => new MemoryManager<unknown>({ maxEntries, maxMemoryMb, maxBodySize }, { clock, heap$ }),
    );
  }

  get manager(): MemoryManager<unknown> {
    return this.#manager.get();
  }

  start(): void {
    this.#manager.start();
  }

  startLate(): void {
    this.#readings ??= this.#heap$.subscribe({
      next: (heap) => {
        this.#heap = heap;
      },
      // Who shows the heap tells of it.
      error: () => {
        this.#heap = undefined;
      },
    });
  }

  stop(): void {
    this.#manager.stop();
    this.#readings?.unsubscribe();
    this.#readings = undefined;
    this.#heap = undefined;
  }

  read(): MemoryReading {
    const { memoryUsagePercent = 0, heap = this.#heap } = this.#manager.made?.stats ?? {};
    const ofHeap = heap?.limitBytes ? (100 * heap.usedBytes) / heap.limitBytes : 0;
    return { usagePercent: Math.max(memoryUsagePercent, ofHeap) };
  }

  relieve(level: PressureLevel): OptimizationAction | undefined {
    const items = this.#manager.made?.cleanup(level) ?? 0;
    return items > 0 ? { part: 'memory', what: `dropped the oldest ${items} entries`, items } : undefined;
  }

  [disposeSymbol](): void {
    this.#manager[disposeSymbol]();
  }
}
