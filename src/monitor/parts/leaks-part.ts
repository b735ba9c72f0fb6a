import { disposeSymbol } from '../../core/disposer.js';
import type { PressureLevel } from '../../core/pressure-level.js';
import { type MemoryLeak, MemoryOptimizer } from '../../memory/index.js';
import { OnDemand } from './on-demand.js';
import type { MonitorPart, OptimizationAction, PartContext } from './part.js';

/** Leak detection, and whoever can give memory back. It is not scored: a leak raises an alert of its own. */
export class LeaksPart implements MonitorPart<readonly MemoryLeak[]> {
  readonly #optimizer: OnDemand<MemoryOptimizer>;

  constructor({ settings, samplingClock: clock, environment, heap$, given }: PartContext) {
    this.#optimizer = new OnDemand(
      given.memoryOptimizer,
      () => new MemoryOptimizer({ intervalMs: settings.checkIntervalMs }, { clock, environment, heap$ }),
    );
  }

  get optimizer(): MemoryOptimizer {
    return this.#optimizer.get();
  }

  start(): void {
    this.#optimizer.start();
  }

  /** It watches whether somebody asks for it or not. */
  startLate(): void {
    this.#optimizer.get();
  }

  stop(): void {
    this.#optimizer.stop();
  }

  /** The leaks that go on. */
  read(): readonly MemoryLeak[] {
    return this.#optimizer.made?.leaks ?? [];
  }

  async relieve(level: PressureLevel): Promise<OptimizationAction | undefined> {
    const optimizer = this.#optimizer.made;
    if (!optimizer || optimizer.stats.responders === 0) return undefined;
    const { responders } = await optimizer.optimizeMemory(level);
    const gave = responders.filter(({ items }) => items > 0);
    const items = gave.reduce((sum, result) => sum + result.items, 0);
    const names = gave.map(({ name }) => name).join(', ');
    return items > 0
      ? { part: 'memory', what: `asked for memory back: ${names} gave ${items} items`, items }
      : undefined;
  }

  [disposeSymbol](): void {
    this.#optimizer[disposeSymbol]();
  }
}
