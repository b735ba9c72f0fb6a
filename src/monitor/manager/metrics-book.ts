import type { EpochMs } from '../../core/units.js';
import { MetricsRing, type MetricsSlot } from './metrics-ring.js';
import type { OperationMetrics } from './operation-metrics.js';

/** The newest metrics of each component, of the components that were measured last. */
export class MetricsBook {
  readonly #rings = new Map<string, MetricsRing>();
  readonly #maxMetrics: number;
  readonly #maxComponents: number;
  #dropped = 0;

  constructor(maxMetrics: number, maxComponents: number) {
    this.#maxMetrics = maxMetrics;
    this.#maxComponents = maxComponents;
  }

  /** Those that went to keep within the bounds. */
  get dropped(): number {
    return this.#dropped;
  }

  get kept(): number {
    let kept = 0;
    for (const ring of this.#rings.values()) kept += ring.size;
    return kept;
  }

  /** The one that was measured last comes last. */
  get components(): string[] {
    return [...this.#rings.keys()];
  }

  add(metrics: OperationMetrics): MetricsSlot {
    const { componentId } = metrics;
    const ring = this.#rings.get(componentId) ?? new MetricsRing(this.#maxMetrics);
    this.#rings.delete(componentId);
    this.#rings.set(componentId, ring);
    if (this.#rings.size > this.#maxComponents) this.#dropOldestComponent();
    const slot = { metrics };
    if (ring.add(slot)) this.#dropped++;
    return slot;
  }

  between(componentId: string, start: EpochMs, end: EpochMs): OperationMetrics[] {
    return this.#rings.get(componentId)?.between(start, end) ?? [];
  }

  /** Lets go of this share of each component's, the oldest first. @returns how many went */
  shrink(share: number): number {
    let gone = 0;
    for (const ring of this.#rings.values()) gone += ring.keepNewest(Math.floor(ring.size * (1 - share)));
    return gone;
  }

  clear(componentId?: string): void {
    if (componentId === undefined) this.#rings.clear();
    else this.#rings.delete(componentId);
  }

  #dropOldestComponent(): void {
    for (const [componentId, ring] of this.#rings) {
      this.#dropped += ring.size;
      this.#rings.delete(componentId);
      return;
    }
  }
}
