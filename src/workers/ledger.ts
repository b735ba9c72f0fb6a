import type { Clock } from '../core/clock.js';
import { Quantiles } from '../core/quantiles.js';
import { type CallOptions, type FromTask, Job, type JobKeeper } from './job.js';
import { JobFlag } from './protocol.js';
import { TaskTimeoutError, WorkerError, WorkerErrorCode } from './worker-error.js';

interface Waiter {
  readonly below: number;
  readonly resolve: () => void;
}

/** Makes jobs and keeps account of them until they are answered. */
export class Ledger implements JobKeeper {
  readonly counts = { submitted: 0, completed: 0, failed: 0, aborted: 0, timedOut: 0, refused: 0 };
  readonly wait: Quantiles = new Quantiles();
  readonly run: Quantiles = new Quantiles();
  readonly #clock: Clock;
  readonly #onChange: () => void;
  readonly #open = new Set<Job>();
  #waiters: Waiter[] = [];
  #lastId = 0;

  constructor(clock: Clock, onChange: () => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  get pending(): number {
    return this.#open.size;
  }

  make(
    task: string,
    flags: number,
    args: readonly unknown[],
    options: CallOptions,
    resolve: (value: FromTask) => void,
    reject: (error: unknown) => void,
  ): Job {
    const tick = options.timeoutMs === undefined ? 0 : JobFlag.TICK;
    const job = new Job(++this.#lastId, flags | tick, task, args, options, this.#clock.now(), this, resolve, reject);
    this.#open.add(job);
    this.counts.submitted++;
    return job;
  }

  onDone(job: Job): void {
    this.counts.completed++;
    this.#close(job);
  }

  onFailed(job: Job, error: unknown): void {
    const { signal } = job.options;
    this.counts.failed++;
    if (error instanceof TaskTimeoutError) this.counts.timedOut++;
    else if (signal?.aborted && error === signal.reason) this.counts.aborted++;
    this.#close(job);
  }

  cancelAll(error: WorkerError): void {
    for (const job of [...this.#open]) job.cancel(error);
  }

  /** Resolves when fewer than `below` are open. */
  async whenBelow(below: number): Promise<void> {
    if (this.pending >= below) await new Promise<void>((resolve) => this.#waiters.push({ below, resolve }));
  }

  #close(job: Job): void {
    this.#open.delete(job);
    this.#onChange();
    if (this.#waiters.length === 0) return;
    for (const { below, resolve } of this.#waiters) if (this.pending < below) resolve();
    this.#waiters = this.#waiters.filter(({ below }) => this.pending >= below);
  }
}

/** The error of a call that is turned away. */
export function refusal(stopped: boolean, maxQueueSize: number): WorkerError {
  return stopped
    ? new WorkerError(WorkerErrorCode.STOPPED, 'the pool was stopped')
    : new WorkerError(WorkerErrorCode.FULL, `${maxQueueSize} calls wait already (maxQueueSize)`);
}
