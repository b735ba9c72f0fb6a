import { type Observable, Subject } from 'rxjs';
import type { Clock } from '../core/clock.js';
import type { Teardown } from '../core/disposer.js';
import { CallbackError } from '../core/errors.js';
import type { Bytes, EpochMs, Milliseconds } from '../core/units.js';
import type { ResourceEntry } from './resource-entry.js';
import { ResourceError, ResourceErrorCode } from './resource-error.js';
import { ResourceStatus } from './resource-status.js';

/** One clean-up that failed. */
export interface CleanupFailure {
  readonly id: string;
  readonly kind: string;
  readonly at: EpochMs;
  /** 1 for the first try, 2 for the second and last. */
  readonly attempt: number;
  readonly error: ResourceError;
}

/** Failures that a report shows. */
const FAILURES_KEPT = 50;
/** A clean-up that failed is tried once more. */
const MAX_ATTEMPTS = 2;

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, 'then') === 'function';

/** Runs clean-ups, one attempt a call, and keeps count of how they went. Nothing that they do comes out of it. */
export class CleanupRunner {
  readonly errors$: Observable<ResourceError>;
  cleaned = 0;
  collected = 0;
  failed = 0;
  timedOut = 0;
  givenUp = 0;
  bytesFreed: Bytes = 0;
  readonly #clock: Clock;
  readonly #timeoutMs: Milliseconds;
  readonly #changed: () => void;
  readonly #errors = new Subject<ResourceError>();
  readonly #failures: CleanupFailure[] = [];
  /** Failed once; the next sweep tries again. */
  readonly #retryable = new Set<ResourceEntry>();
  /** Under way, each by what cancels its time-out. */
  readonly #pending = new Set<Teardown>();
  #disposed = false;

  constructor(clock: Clock, timeoutMs: Milliseconds, changed: () => void) {
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
    this.#changed = changed;
    this.errors$ = this.#errors.asObservable();
  }

  get ending(): number {
    return this.#pending.size;
  }

  get retryable(): ReadonlySet<ResourceEntry> {
    return this.#retryable;
  }

  get failures(): readonly CleanupFailure[] {
    return this.#failures;
  }

  /** Tries to end the entry. True, now or later, when that succeeded. */
  run(entry: ResourceEntry): boolean | Promise<boolean> {
    this.#retryable.delete(entry);
    if (entry.deref() === undefined) return this.lose(entry);
    entry.status = ResourceStatus.INACTIVE;
    entry.attempts++;
    try {
      const result = entry.end();
      return isThenable(result) ? this.#wait(entry, result) : this.#succeed(entry);
    } catch (cause) {
      return this.#fail(entry, cause);
    }
  }

  /** The entry's object was collected before anybody ended it. */
  lose(entry: ResourceEntry): false {
    this.#retryable.delete(entry);
    entry.status = ResourceStatus.INACTIVE;
    entry.release();
    this.collected++;
    this.#changed();
    return false;
  }

  /** Tells of a failure that belongs to no entry. */
  tell(error: ResourceError): void {
    this.#errors.next(error);
    this.#changed();
  }

  /** Completes. Clean-ups under way go on and are still counted, but nothing times out or is tried again. */
  dispose(): void {
    this.#disposed = true;
    for (const cancelTimer of this.#pending) cancelTimer();
    for (const entry of this.#retryable) this.#giveUp(entry);
    this.#errors.complete();
  }

  #wait(entry: ResourceEntry, result: PromiseLike<unknown>): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (outcome: () => boolean) => {
        if (!this.#pending.delete(cancelTimer)) return;
        cancelTimer();
        resolve(outcome());
      };
      const cancelTimer = this.#clock.setTimer(() => settle(() => this.#expire(entry)), this.#timeoutMs);
      this.#pending.add(cancelTimer);
      Promise.resolve(result).then(
        () => settle(() => this.#succeed(entry)),
        (cause: unknown) => settle(() => this.#fail(entry, cause)),
      );
    });
  }

  #succeed(entry: ResourceEntry): true {
    entry.status = ResourceStatus.CLEANED;
    entry.release();
    this.cleaned++;
    this.bytesFreed += entry.sizeBytes;
    this.#changed();
    return true;
  }

  #fail(entry: ResourceEntry, cause: unknown): false {
    const { message } = new CallbackError(`the clean-up of '${entry.id}' (${entry.kind})`, cause);
    this.#report(entry, new ResourceError(ResourceErrorCode.CLEANUP_FAILED, message, entry.id, { cause }));
    if (entry.attempts < MAX_ATTEMPTS && !this.#disposed) this.#retryable.add(entry);
    else this.#giveUp(entry);
    return false;
  }

  /** Not tried again: the first attempt may still be at it. */
  #expire(entry: ResourceEntry): false {
    this.timedOut++;
    const message = `the clean-up of '${entry.id}' (${entry.kind}) did not settle within ${this.#timeoutMs} ms`;
    this.#report(entry, new ResourceError(ResourceErrorCode.CLEANUP_TIMEOUT, message, entry.id));
    this.#giveUp(entry);
    return false;
  }

  #giveUp(entry: ResourceEntry): void {
    this.#retryable.delete(entry);
    this.givenUp++;
    entry.release();
  }

  #report(entry: ResourceEntry, error: ResourceError): void {
    entry.status = ResourceStatus.ERROR;
    entry.error = error;
    this.failed++;
    if (this.#failures.length === FAILURES_KEPT) this.#failures.shift();
    const at = this.#clock.wallNow();
    this.#failures.push({ id: entry.id, kind: entry.kind, at, attempt: entry.attempts, error });
    this.#errors.next(error);
    this.#changed();
  }
}
