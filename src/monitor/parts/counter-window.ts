import type { Milliseconds, MonotonicMs } from '../../core/units.js';

/** Rates are measured over this many looks. */
const LOOKS = 12;

/** How much counters have grown over the last looks. Readings are taken by the caller, one a look, so that memory is bounded. */
export class CounterWindow<Name extends string> {
  readonly #lengthMs: Milliseconds;
  #history: { readonly time: MonotonicMs; readonly counts: Readonly<Record<Name, number>> }[] = [];

  constructor(checkIntervalMs: Milliseconds) {
    this.#lengthMs = checkIntervalMs * LOOKS;
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
