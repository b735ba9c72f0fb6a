import { disposeSymbol } from '../../core/disposer.js';
import type { PressureLevel } from '../../core/pressure-level.js';
import type { MetricsSink } from '../manager/metrics-sink.js';
import { PerformanceManager } from '../manager/performance-manager.js';
import { OnDemand } from './on-demand.js';
import type { MonitorPart, OptimizationAction, PartContext } from './part.js';

/** What the app measures of its own functions. It is not scored. */
export class OperationsPart implements MonitorPart<undefined> {
  readonly #manager: OnDemand<PerformanceManager>;

  /** @param sinkOf gives what keeps the metrics beyond memory */
  constructor({ ownClock: clock, environment, given }: PartContext, sinkOf: () => MetricsSink | undefined) {
    this.#manager = new OnDemand(given.performanceManager, () => {
      const sink = sinkOf();
      return new PerformanceManager({}, { clock, environment, ...(sink && { sink }) });
    });
  }

  get manager(): PerformanceManager {
    return this.#manager.get();
  }

  start(): void {
    this.#manager.start();
  }

  stop(): void {
    this.#manager.stop();
  }

  read(): undefined {
    return undefined;
  }

  relieve(level: PressureLevel): OptimizationAction | undefined {
    const { items } = this.#manager.made?.releaseMemory(level) ?? { items: 0 };
    return items > 0 ? { part: 'operations', what: `forgot ${items} measurements`, items } : undefined;
  }

  [disposeSymbol](): void {
    this.#manager[disposeSymbol]();
  }
}
