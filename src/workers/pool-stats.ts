import type { Summary } from '../core/quantiles.js';

/** Where tasks run: nowhere yet, in workers, on this thread, or not at all. */
export type PoolMode = 'idle' | 'workers' | 'main-thread' | 'unsupported';

/** What a pool has done. submitted = completed + failed + pending; a map counts each of its chunks. */
export interface PoolStats {
  readonly mode: PoolMode;
  /** Calls and chunks that were accepted. */
  readonly submitted: number;
  readonly completed: number;
  /** Those that ended with an error, aborted ones and those out of time included. */
  readonly failed: number;
  readonly aborted: number;
  readonly timedOut: number;
  /** Calls turned away. */
  readonly refused: number;
  /** Those that wait or run. */
  readonly pending: number;
  /** Those in a worker. */
  readonly running: number;
  /** Jobs that were given to another worker, as their own had died. */
  readonly retried: number;
  /** Workers that died. */
  readonly crashes: number;
  /** Workers there are. */
  readonly workers: number;
  /** Workers that were made, and that were ended when idle. */
  readonly workersStarted: number;
  readonly workersIdled: number;
  /** From the call to the sending, in milliseconds. */
  readonly waitMs: Summary;
  /** What a job took in the worker, in milliseconds. */
  readonly runMs: Summary;
}
