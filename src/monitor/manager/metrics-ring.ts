import type { EpochMs } from '../../core/units.js';
import type { OperationMetrics } from './operation-metrics.js';

/** Where one run's metrics stand; they are put anew when more is known of them. */
export interface MetricsSlot {
  metrics: OperationMetrics;
}

/** One component's newest metrics, never more than `capacity`. */
export class MetricsRing {
  readonly #capacity: number;
  #slots: MetricsSlot[] = [];
  #oldest = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#slots.length;
  }

  /** @returns whether the oldest had to go for it */
  add(slot: MetricsSlot): boolean {
    if (this.#slots.length < this.#capacity) {
      this.#slots.push(slot);
      return false;
    }
    this.#slots[this.#oldest] = slot;
    this.#oldest = (this.#oldest + 1) % this.#capacity;
    return true;
  }

  /** Those that began in a period, both ends included, by their beginning. */
  between(start: EpochMs, end: EpochMs): OperationMetrics[] {
    return this.#inOrder()
      .map(({ metrics }) => metrics)
      .filter(({ timestamp }) => timestamp >= start && timestamp <= end)
      .sort((a, b) => a.timestamp - b.timestamp);
  }

  /** Lets go of all but the newest. @returns how many went */
  keepNewest(count: number): number {
    const before = this.#slots.length;
    this.#slots = this.#inOrder().slice(Math.max(0, before - count));
    this.#oldest = 0;
    return before - this.#slots.length;
  }

  #inOrder(): MetricsSlot[] {
    return [...this.#slots.slice(this.#oldest), ...this.#slots.slice(0, this.#oldest)];
  }
}
