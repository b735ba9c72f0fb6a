import { disposeSymbol } from '../../core/disposer.js';
import type { PressureLevel } from '../../core/pressure-level.js';
import { MemoryManager } from '../../memory/index.js';
import type { MemoryReading } from '../score/readings.js';
import type { MonitorPart, OptimizationAction, PartContext } from './part.js';

/** The entries that are kept in memory. */
export class MemoryPart implements MonitorPart<MemoryReading> {
  readonly manager: MemoryManager<unknown>;
  readonly #isOwn: boolean;

  constructor({ settings, clock, given, heap$ }: PartContext) {
    const { maxEntries, maxMemoryMb, maxBodySize } = settings;
    this.#isOwn = given.memoryManager === undefined;
    this.manager =
      given.memoryManager ?? new MemoryManager<unknown>({ maxEntries, maxMemoryMb, maxBodySize }, { clock, heap$ });
  }

  start(): void {
    if (this.#isOwn) this.manager.start();
  }

  stop(): void {
    if (this.#isOwn) this.manager.stop();
  }

  read(): MemoryReading {
    const { memoryUsagePercent, heap } = this.manager.stats;
    const ofHeap = heap?.limitBytes ? (100 * heap.usedBytes) / heap.limitBytes : 0;
    return { usagePercent: Math.max(memoryUsagePercent, ofHeap) };
  }

  relieve(level: PressureLevel): OptimizationAction | undefined {
    const items = this.manager.cleanup(level);
    return items > 0 ? { part: 'memory', what: `dropped the oldest ${items} entries`, items } : undefined;
  }

  [disposeSymbol](): void {
    if (this.#isOwn) this.manager[disposeSymbol]();
  }
}
