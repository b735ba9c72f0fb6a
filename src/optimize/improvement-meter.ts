import type { Milliseconds } from '../core/units.js';

/** Measurements that count; older ones make way. */
const KEPT = 64;

/** Compares two ways of doing the same, by times measured on the same arguments. */
export class ImprovementMeter {
  #pairs: (readonly [before: Milliseconds, after: Milliseconds])[] = [];

  get count(): number {
    return this.#pairs.length;
  }

  /** Percent of the time before that is saved; `undefined` while nothing was measured. */
  get percent(): number | undefined {
    const before = this.#pairs.reduce((sum, [time]) => sum + time, 0);
    const after = this.#pairs.reduce((sum, [, time]) => sum + time, 0);
    if (this.#pairs.length === 0 || before === 0) return undefined;
    return (1 - after / before) * 100;
  }

  record(before: Milliseconds, after: Milliseconds): void {
    this.#pairs.push([before, after]);
    if (this.#pairs.length > KEPT) this.#pairs.shift();
  }

  reset(): void {
    this.#pairs = [];
  }
}
