import type { Milliseconds, MonotonicMs } from '../../core/units.js';

/** How much counters have grown within the last while. Readings are taken by the caller; memory is bounded by their rhythm. */
export class CounterWindow<Name extends string> {
  readonly #lengthMs: Milliseconds;
  #history: { readonly time: MonotonicMs; readonly counts: Readonly<Record<Name, number>> }[] = [];

  constructor(lengthMs: Milliseconds) {
    this.#lengthMs = lengthMs;
  }

  /** Takes a reading of all counters. @returns their growth within the window; since the first reading while it is younger */
  record(counts: Readonly<Record<Name, number>>, time: MonotonicMs): (name: Name) => number {
    // The newest reading that is old enough stays, as the one to compare with.
    const past = this.#history.findLastIndex((reading) => time - reading.time >= this.#lengthMs);
    if (past > 0) this.#history.splice(0, past);
    this.#history.push({ time, counts });
    const base = this.#history[0]?.counts ?? counts;
    return (name) => Math.max(0, counts[name] - base[name]);
  }
}
