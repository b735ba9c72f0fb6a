import { disposeSymbol } from '../../core/disposer.js';
import type { PressureLevel } from '../../core/pressure-level.js';
import type { MetricsSink } from '../manager/metrics-sink.js';
import { PerformanceManager } from '../manager/performance-manager.js';
import type { MonitorPart, OptimizationAction, PartContext } from './part.js';

/** What the app measures of its own functions. It is not scored. */
export class OperationsPart implements MonitorPart<undefined> {
  readonly manager: PerformanceManager;
  readonly #isOwn: boolean;

  /** @param sink keeps the metrics beyond memory */
  constructor({ ownClock: clock, environment, given }: PartContext, sink: MetricsSink | undefined) {
    this.#isOwn = given.performanceManager === undefined;
    this.manager =
      given.performanceManager ?? new PerformanceManager({}, { clock, environment, ...(sink && { sink }) });
  }

  start(): void {
    if (this.#isOwn) this.manager.start();
  }

  stop(): void {
    if (this.#isOwn) this.manager.stop();
  }

  read(): undefined {
    return undefined;
  }

  relieve(level: PressureLevel): OptimizationAction | undefined {
    const { items } = this.manager.releaseMemory(level);
    return items > 0 ? { part: 'operations', what: `forgot ${items} measurements`, items } : undefined;
  }

  [disposeSymbol](): void {
    if (this.#isOwn) this.manager[disposeSymbol]();
  }
}
