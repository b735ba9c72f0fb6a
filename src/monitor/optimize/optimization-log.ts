import { type LoadFigures, type OptimizationRecord, settleRecord } from './optimization-record.js';

/** Older records go. */
const KEPT = 50;

/** What was done about the load, oldest first; memory is bounded. */
export class OptimizationLog {
  #records: readonly OptimizationRecord[] = [];

  get records(): readonly OptimizationRecord[] {
    return this.#records;
  }

  /** Whether every record has been judged. */
  get isSettled(): boolean {
    return this.#records.every(({ after }) => after !== undefined);
  }

  add(record: OptimizationRecord): void {
    this.#records = [...this.#records, record].slice(-KEPT);
  }

  /** Judges what is not judged yet by the load as it is now. @returns the records that were settled by it */
  settle(load: LoadFigures): readonly OptimizationRecord[] {
    const settled: OptimizationRecord[] = [];
    this.#records = this.#records.map((record) => {
      if (record.after) return record;
      const judged = settleRecord(record, load);
      settled.push(judged);
      return judged;
    });
    return settled;
  }
}
