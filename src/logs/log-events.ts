import { Subject } from 'rxjs';
import { describe } from '../core/errors.js';
import type { WriteReason } from './flusher.js';
import { LogError, LogErrorCode } from './log-error.js';
import type { Segment } from './store/segment.js';

/** Entries that were written together. */
export interface LogWrite {
  readonly entries: number;
  readonly reason: WriteReason;
}

/** What was counted of a log (see LogStats). */
export interface LogCounts {
  added: number;
  rotatedFiles: number;
  dropped: number;
  damaged: number;
}

/** What a log has done and what went wrong: counted, and told to who listens. */
export class LogEvents<Entry> {
  readonly tail: Subject<Entry> = new Subject();
  readonly errors: Subject<LogError> = new Subject();
  readonly writes: Subject<LogWrite> = new Subject();
  readonly rotations: Subject<Segment> = new Subject();
  readonly counts: LogCounts = { added: 0, rotatedFiles: 0, dropped: 0, damaged: 0 };
  readonly #name: string;
  readonly #onChange: () => void;

  /** @param onChange told after each error */
  constructor(name: string, onChange: () => void) {
    this.#name = name;
    this.#onChange = onChange;
  }

  sealed(segment: Segment): void {
    this.counts.rotatedFiles++;
    this.rotations.next(segment);
  }

  dropped(count: number, cause: unknown): void {
    this.counts.dropped += count;
    this.report(new LogError(LogErrorCode.DROPPED, `${count} entries were lost: ${describe(cause)}`, { cause }));
  }

  damaged(cause: unknown): void {
    this.counts.damaged++;
    this.report(new LogError(LogErrorCode.DAMAGED, `a record could not be read: ${describe(cause)}`, { cause }));
  }

  lost(cause: unknown): void {
    const message = `the browser has deleted what was written of the log '${this.#name}': ${describe(cause)}`;
    this.report(new LogError(LogErrorCode.LOST, message, { cause }));
  }

  diskFull(cause: unknown): void {
    this.report(new LogError(LogErrorCode.DISK_FULL, 'there is no room on the disk', { cause }));
  }

  notPersistent(cause: unknown): void {
    const message = `the log '${this.#name}' is in memory only: ${describe(cause)}`;
    this.report(new LogError(LogErrorCode.NOT_PERSISTENT, message, { cause }));
  }

  report(error: LogError): void {
    this.errors.next(error);
    this.#onChange();
  }

  complete(): void {
    for (const subject of [this.tail, this.errors, this.writes, this.rotations]) subject.complete();
  }
}
