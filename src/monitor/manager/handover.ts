import type { Clock } from '../../core/clock.js';
import type { Teardown } from '../../core/disposer.js';
import { CallbackError } from '../../core/errors.js';
import type { Milliseconds, MonotonicMs } from '../../core/units.js';
import type { BusyTime } from './busy-time.js';
import type { MetricsSlot } from './metrics-ring.js';
import type { MetricsSink } from './metrics-sink.js';
import type { OperationMetrics } from './operation-metrics.js';

/** A run that has ended, of which not all may be known. */
export interface Ended {
  readonly slot: MetricsSlot;
  readonly start: MonotonicMs;
  readonly end: MonotonicMs;
}

interface HandoverParts {
  readonly clock: Clock;
  readonly sink: MetricsSink | undefined;
  readonly busy: BusyTime;
  readonly onComplete: (metrics: OperationMetrics) => void;
  readonly onError: (error: CallbackError) => void;
}

/** More than these are completed at once. */
const MOST_WAITING = 500;

/**
 * Completes the metrics of runs that have ended, and hands them to the sink. That waits: the browser tells of a long task
 * only after it, and most async runs end in the middle of one.
 */
export class Handover {
  readonly #parts: HandoverParts;
  #waiting: Ended[] = [];
  #intervalMs: Milliseconds | undefined;
  #cancelTimer: Teardown | undefined;
  #persisted = 0;
  #notPersisted = 0;

  constructor(parts: HandoverParts) {
    this.#parts = parts;
  }

  get persisted(): number {
    return this.#persisted;
  }

  get notPersisted(): number {
    return this.#notPersisted;
  }

  start(intervalMs: Milliseconds): void {
    this.#intervalMs = intervalMs;
    if (this.#waiting.length > 0) this.#settleSoon();
  }

  stop(): void {
    this.settle();
    this.#intervalMs = undefined;
  }

  add(ended: Ended): void {
    this.#waiting.push(ended);
    if (this.#waiting.length >= MOST_WAITING) this.settle();
    else this.#settleSoon();
  }

  /** Completes what has ended, as far as it is known by now. */
  settle(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const { sink, busy, onComplete } = this.#parts;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { slot, start, end } of waiting) {
      if (slot.metrics.async) slot.metrics = { ...slot.metrics, mainThreadPercent: busy.percent(start, end) };
      if (sink) this.#persist(sink, slot.metrics);
      onComplete(slot.metrics);
    }
  }

  #settleSoon(): void {
    if (this.#intervalMs === undefined) return;
    this.#cancelTimer ??= this.#parts.clock.setTimer(() => {
      this.#cancelTimer = undefined;
      this.settle();
    }, this.#intervalMs);
  }

  #persist(sink: MetricsSink, metrics: OperationMetrics): void {
    try {
      if (sink.addEntry(metrics) === false) this.#notPersisted++;
      else this.#persisted++;
    } catch (cause) {
      this.#notPersisted++;
      this.#parts.onError(new CallbackError('the metrics sink', cause));
    }
  }
}
