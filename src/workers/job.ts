import type { Teardown } from '../core/disposer.js';
import type { Milliseconds, MonotonicMs } from '../core/units.js';
import { JobFlag } from './protocol.js';
import { Transferred } from './transfer.js';

/** What came from the other side; what it is, the task's own type says. */
export type FromTask = MessageEvent['data'];

/** How a call is made. */
export interface CallOptions {
  /** Ends the call: what waits never starts, what runs is told, and its worker ended if it does not listen. */
  readonly signal?: AbortSignal | undefined;
  /** How long the task may take once it has begun. Default: as long as it likes. */
  readonly timeoutMs?: Milliseconds | undefined;
  /** Higher goes first. Default 0. */
  readonly priority?: number | undefined;
  /** Takes what the task passes to `this.progress`. */
  readonly onProgress?: ((value: unknown) => void) | undefined;
}

/** Something that gives jobs: a call gives one, a map as many as it takes. */
export interface JobSource {
  readonly priority: number;
  /** How many jobs, at the most, still come. */
  readonly remaining: number;
  /** The next job; `undefined` when there is none. */
  next(): Job | undefined;
}

/** Takes the answer of a call or a map; one of the two is called, once. */
export interface Answer {
  resolve(value: FromTask): void;
  reject(error: unknown): void;
}

/** Who keeps account of a job. Told once, before the caller is. */
export interface JobKeeper {
  onDone(job: Job): void;
  onFailed(job: Job, error: unknown): void;
}

/** One message's worth of work: a call, or a chunk of a map. */
export class Job implements JobSource {
  readonly id: number;
  readonly flags: number;
  readonly task: string;
  /** The call's arguments, or the chunk's items; what is transferred is in `list`. */
  readonly args: readonly unknown[];
  readonly list: Transferable[];
  /** Whether it is called with functions, which cross as ports. */
  readonly hasFunctions: boolean;
  readonly options: CallOptions;
  readonly createdAt: MonotonicMs;
  sentAt: MonotonicMs = 0;
  /** How long it is thought to take. */
  expectedMs: Milliseconds = 0;
  /** Workers that died while they had it. */
  deaths = 0;
  /** The caller has its answer. */
  settled = false;
  /** Who has it, and can be told that nobody waits for it any more. */
  carrier: { abandon(job: Job): void } | undefined;
  #given = false;
  readonly #keeper: JobKeeper;
  readonly #resolve: (value: FromTask) => void;
  readonly #reject: (error: unknown) => void;
  #teardowns: Teardown[] | undefined;
  #abort: (() => void) | undefined;

  constructor(
    id: number,
    flags: number,
    task: string,
    given: readonly unknown[],
    options: CallOptions,
    createdAt: MonotonicMs,
    keeper: JobKeeper,
    resolve: (value: FromTask) => void,
    reject: (error: unknown) => void,
  ) {
    this.id = id;
    this.flags = flags;
    this.task = task;
    const moves = given.some(isTransferred);
    this.args = moves ? given.map((arg) => (isTransferred(arg) ? arg.value : arg)) : given;
    this.list = moves ? listOf(given) : [];
    this.hasFunctions = (flags & JobFlag.EACH) === 0 && this.args.some(isFunction);
    this.options = options;
    this.createdAt = createdAt;
    this.#keeper = keeper;
    this.#resolve = resolve;
    this.#reject = reject;
    const { signal } = options;
    if (!signal) return;
    this.#abort = () => void this.cancel(signal.reason);
    signal.addEventListener('abort', this.#abort);
  }

  get priority(): number {
    return this.options.priority ?? 0;
  }

  get remaining(): number {
    return this.#given || this.settled ? 0 : 1;
  }

  next(): Job | undefined {
    if (this.#given || this.settled) return undefined;
    this.#given = true;
    return this;
  }

  /** The task's name, for messages. */
  get title(): string {
    return this.flags & JobFlag.SOURCE ? 'a function sent as source' : `the task "${this.task}"`;
  }

  get items(): number {
    return this.flags & JobFlag.EACH ? this.args.length : 1;
  }

  /** Whether it can be sent a second time. */
  get repeatable(): boolean {
    return this.list.length === 0;
  }

  /** It must have a worker to itself: it may have killed one, or what it was given can't be sent twice. */
  get alone(): boolean {
    return this.deaths > 0 || !this.repeatable;
  }

  /** Whether it can go in one message with others. */
  get plain(): boolean {
    return this.list.length === 0 && !this.hasFunctions;
  }

  /** Runs when the caller has its answer, or when the job is sent again. */
  onEnd(teardown: Teardown): void {
    this.#teardowns ??= [];
    this.#teardowns.push(teardown);
  }

  /** @returns false when it was settled before */
  resolve(value: FromTask): boolean {
    if (!this.#settle()) return false;
    this.#keeper.onDone(this);
    this.#resolve(value);
    return true;
  }

  /** @returns false when it was settled before */
  reject(error: unknown): boolean {
    if (!this.#settle()) return false;
    this.#keeper.onFailed(this, error);
    this.#reject(error);
    return true;
  }

  /** Answers the caller with `error`, and tells who has the job. @returns false when it was settled before */
  cancel(error: unknown): boolean {
    if (!this.reject(error)) return false;
    this.carrier?.abandon(this);
    return true;
  }

  /** Lets go of what belongs to one sending of it. */
  end(): void {
    const teardowns = this.#teardowns ?? [];
    this.#teardowns = undefined;
    for (const teardown of teardowns) teardown();
  }

  #settle(): boolean {
    if (this.settled) return false;
    this.settled = true;
    if (this.#abort) this.options.signal?.removeEventListener('abort', this.#abort);
    return true;
  }
}

const isTransferred = (value: unknown): value is Transferred<unknown> => value instanceof Transferred;
const isFunction = (value: unknown): boolean => typeof value === 'function';

function listOf(given: readonly unknown[]): Transferable[] {
  const [only] = given;
  if (given.length === 1 && isTransferred(only)) return only.list;
  return given.flatMap((arg) => (isTransferred(arg) ? arg.list : []));
}
