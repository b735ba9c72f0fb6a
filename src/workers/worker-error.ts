import { describe, PoiseError } from '../core/errors.js';
import type { Milliseconds } from '../core/units.js';

/** Why a task has no result, where the task itself is not to blame. */
export const WorkerErrorCode = {
  /** The worker did not come up: not found, refused by the page's policy, or it threw while loading. */
  LOAD: 'POISE_WORKER_LOAD',
  /** The worker died, twice, while the task was in it. */
  CRASH: 'POISE_WORKER_CRASH',
  /** The task did not answer in time. */
  TIMEOUT: 'POISE_TASK_TIMEOUT',
  /** An argument or a result can't be cloned, or was transferred before. */
  CLONE: 'POISE_TASK_CLONE',
  /** The worker has no task of this name. */
  UNKNOWN: 'POISE_TASK_UNKNOWN',
  /** The pool was stopped. */
  STOPPED: 'POISE_POOL_STOPPED',
  /** The pool's queue is full. */
  FULL: 'POISE_POOL_FULL',
  /** A function sent as source uses a name from outside, or is no plain function. */
  SOURCE: 'POISE_SOURCE',
  /** The page's policy forbids making functions from text. */
  SOURCE_REFUSED: 'POISE_SOURCE_REFUSED',
} as const;
export type WorkerErrorCode = (typeof WorkerErrorCode)[keyof typeof WorkerErrorCode];

/** What a pool rejects with when it is not the task that threw. */
export class WorkerError extends PoiseError {
  override readonly name: string = 'WorkerError';
  declare readonly code: WorkerErrorCode;

  constructor(code: WorkerErrorCode, message: string, options?: ErrorOptions) {
    super(code, message, options);
  }
}

/** The worker died while the task was in it; `cause` is what is known of why. */
export class WorkerCrashError extends WorkerError {
  override readonly name = 'WorkerCrashError';

  constructor(task: string, attempts: number, cause: unknown) {
    const times = attempts === 1 ? 'once' : `${attempts} times`;
    super(WorkerErrorCode.CRASH, `the worker died ${times} while it had ${task}: ${describe(cause)}`, { cause });
  }
}

/** The worker did not come up; `cause` is the browser's event or error. */
export class WorkerLoadError extends WorkerError {
  override readonly name = 'WorkerLoadError';

  constructor(why: string, cause?: unknown) {
    super(WorkerErrorCode.LOAD, `the worker could not be started: ${why}`, { cause });
  }
}

/** The task did not answer within `timeoutMs`. */
export class TaskTimeoutError extends WorkerError {
  override readonly name = 'TaskTimeoutError';
  readonly timeoutMs: Milliseconds;

  constructor(task: string, timeoutMs: Milliseconds) {
    super(WorkerErrorCode.TIMEOUT, `${task} did not answer within ${timeoutMs} ms`);
    this.timeoutMs = timeoutMs;
  }
}

/** An argument or a result could not cross: it can't be cloned, or was transferred before. */
export class TaskCloneError extends WorkerError {
  override readonly name = 'TaskCloneError';

  constructor(message: string, cause: unknown) {
    super(WorkerErrorCode.CLONE, message, { cause });
  }

  static of(what: string, cause: unknown): TaskCloneError {
    return new TaskCloneError(`${what} can't cross to the other side: ${describe(cause)}`, cause);
  }
}
