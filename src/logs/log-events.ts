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
    this.#tell(LogErrorCode.DROPPED, `${count} entries were lost`, cause);
  }

  damaged(cause: unknown): void {
    this.counts.damaged++;
    this.#tell(LogErrorCode.DAMAGED, 'a record could not be read', cause);
  }

  lost(cause: unknown): void {
    this.#tell(LogErrorCode.LOST, `the browser deleted the log '${this.#name}'`, cause);
  }

  diskFull(cause: unknown): void {
    this.#tell(LogErrorCode.DISK_FULL, 'there is no room on the disk', cause);
  }

  notPersistent(cause: unknown): void {
    this.#tell(LogErrorCode.NOT_PERSISTENT, `the log '${this.#name}' is in memory only`, cause);
  }

  report(error: LogError): void {
    this.errors.next(error);
    this.#onChange();
  }

  complete(): void {
    for (const subject of [this.tail, this.errors, this.writes, this.rotations]) subject.complete();
  }

  #tell(code: LogErrorCode, message: string, cause: unknown): void {
    this.report(new LogError(code, `${message}: ${describe(cause)}`, { cause }));
  }
}
