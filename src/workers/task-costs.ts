import type { Milliseconds } from '../core/units.js';

/** How much the newest measurement counts. */
const WEIGHT = 0.3;
/** Tasks are known by name; of functions sent as source only so many. */
const MOST = 500;

/** What one call of each task takes in a worker: a moving average of what was measured. */
export class TaskCosts {
  readonly #costs = new Map<string, Milliseconds>();

  /** Milliseconds a call; `undefined` when none was measured yet. */
  of(task: string): Milliseconds | undefined {
    return this.#costs.get(task);
  }

  record(task: string, tookMs: Milliseconds, calls: number): void {
    const known = this.#costs.get(task);
    const cost = tookMs / Math.max(1, calls);
    if (known === undefined && this.#costs.size >= MOST) this.#costs.clear();
    this.#costs.set(task, known === undefined ? cost : known + WEIGHT * (cost - known));
  }
}
