import type { Clock } from '../core/clock.js';
import type { Teardown } from '../core/disposer.js';
import type { Milliseconds, MonotonicMs } from '../core/units.js';
import type { Channel, OpenChannel } from './channel.js';
import { exposeFunction } from './function-proxy.js';
import type { Job } from './job.js';
import { Batch, type FromWorker, type ResultBatch, type WireJob } from './protocol.js';
import { fromWire } from './wire-error.js';
import { TaskCloneError, TaskTimeoutError } from './worker-error.js';

/** What becomes of a slot and its jobs, for the one that owns it. */
export interface SlotEvents {
  /** It can take jobs, or more jobs than before. */
  onRoom(): void;
  onAnswer(job: Job, tookMs: Milliseconds, ok: boolean): void;
  onProgress(job: Job, value: unknown): void;
  /**
   * The worker is gone, with the jobs it had: it never came up, it died, or it was ended because it would not let go of
   * a job that nobody waits for.
   */
  onLost(slot: WorkerSlot, why: 'load' | 'crash' | 'stuck', cause: unknown, jobs: readonly Job[]): void;
}

/** What a slot goes by. */
export interface SlotSettings {
  readonly startTimeoutMs: Milliseconds;
  readonly abortGraceMs: Milliseconds;
}

/** One worker, and the jobs that it has. They are answered in the order in which they were sent. */
export class WorkerSlot {
  ready = false;
  ended = false;
  /** When it last had something to do. */
  busyAt: MonotonicMs;
  /** How long the jobs that it has are thought to take. */
  loadMs: Milliseconds = 0;
  readonly #jobs = new Map<number, Job>();
  readonly #clock: Clock;
  readonly #settings: SlotSettings;
  readonly #events: SlotEvents;
  readonly #channel: Channel;
  #outbox: Job[] = [];
  #watched: Job | undefined;
  #cancelTimer: Teardown | undefined;

  /** May throw what `open` throws. */
  constructor(open: OpenChannel, settings: SlotSettings, clock: Clock, events: SlotEvents) {
    this.#settings = settings;
    this.#clock = clock;
    this.#events = events;
    this.busyAt = clock.now();
    this.#cancelTimer = clock.setTimer(() => this.#lose(new Error(NOT_READY)), settings.startTimeoutMs);
    try {
      this.#channel = open({
        onMessage: (message) => this.#receive(message),
        onFailure: (cause) => this.#lose(cause),
      });
    } catch (cause) {
      this.#cancelTimer();
      throw cause;
    }
  }

  get size(): number {
    return this.#jobs.size;
  }

  /** Whether one of its jobs has been in a worker that died; it stays the only one. */
  get quarantined(): boolean {
    return (this.#first()?.deaths ?? 0) > 0;
  }

  /** Takes a job; it goes with the next `flush`. */
  take(job: Job, now: MonotonicMs): void {
    this.#jobs.set(job.id, job);
    this.loadMs += job.expectedMs;
    job.carrier = this;
    job.sentAt = now;
    this.#outbox.push(job);
  }

  /** Sends what was taken: all that only needs cloning in one message. */
  flush(): void {
    if (this.#outbox.length === 0) return;
    const jobs = this.#outbox;
    this.#outbox = [];
    if (jobs.every(({ plain }) => plain)) this.#send(jobs);
    else for (const job of jobs) this.#sendOne(job);
    this.#watchFirst();
  }

  /** Tells the worker that nobody waits for the job. When it is the one that runs, it has a while to let go. */
  abandon(job: Job): void {
    if (this.ended || !this.#jobs.has(job.id)) return;
    this.#channel.post({ poise: 'abort', id: job.id });
    if (job === this.#first()) this.#watched = undefined;
    this.#watchFirst();
  }

  /** Ends the worker. @returns the jobs that it had, in order */
  end(): readonly Job[] {
    this.ended = true;
    this.ready = false;
    this.#cancelTimer?.();
    this.#channel.end();
    const jobs = [...this.#jobs.values()];
    this.#jobs.clear();
    for (const job of jobs) {
      job.carrier = undefined;
      job.end();
    }
    return jobs;
  }

  #first(): Job | undefined {
    return this.#jobs.values().next().value;
  }

  get #kind(): typeof Batch.JOBS | typeof Batch.EARLY {
    return this.ready ? Batch.JOBS : Batch.EARLY;
  }

  #send(jobs: readonly Job[]): void {
    try {
      this.#channel.post([this.#kind, ...jobs.map(plainForm)]);
    } catch {
      for (const job of jobs) this.#sendOne(job);
    }
  }

  #sendOne(job: Job): void {
    try {
      if (this.#channel.local || !job.hasFunctions) this.#channel.post([this.#kind, plainForm(job)], job.list);
      else this.#sendProxied(job);
    } catch (cause) {
      this.#answer(job.id, 0, () => job.reject(TaskCloneError.of(`what was given to ${job.title}`, cause)));
      this.#events.onRoom();
    }
  }

  #sendProxied(job: Job): void {
    const [wire, ports] = proxiedForm(job);
    this.#channel.post([this.#kind, wire], [...job.list, ...ports]);
  }

  #receive(message: FromWorker): void {
    if (this.ended) return;
    if (!('poise' in message)) return this.#takeResults(message);
    switch (message.poise) {
      case 'ready':
        this.#cancelTimer?.();
        this.#cancelTimer = undefined;
        this.ready = true;
        if (this.#jobs.size > 0) this.#channel.post({ poise: 'sent', ids: [...this.#jobs.keys()] });
        this.#watchFirst();
        // A local channel is ready before it has been given back.
        queueMicrotask(() => this.#events.onRoom());
        break;
      case 'missing':
        for (const id of message.ids) {
          const job = this.#jobs.get(id);
          if (job?.settled) this.#answer(id, 0, () => false);
          else if (job) this.#sendOne(job);
        }
        break;
      case 'failed':
        for (const [id, tookMs, error] of message.failures) {
          this.#answer(id, tookMs, (job) => job.reject(fromWire(error)));
        }
        this.#afterAnswers();
        break;
      case 'progress': {
        const job = this.#jobs.get(message.id);
        if (job && !job.settled) this.#events.onProgress(job, message.value);
        break;
      }
      case 'tick':
        this.#watched = undefined;
        this.#watchFirst();
        break;
      case 'lost':
        this.#lose(new Error(message.why));
    }
  }

  #takeResults([, ...results]: ResultBatch): void {
    for (const [id, tookMs, value] of results) this.#answer(id, tookMs, (job) => job.resolve(value), true);
    this.#afterAnswers();
  }

  #afterAnswers(): void {
    this.busyAt = this.#clock.now();
    this.#watchFirst();
    this.#events.onRoom();
  }

  #answer(id: number, tookMs: Milliseconds, settle: (job: Job) => boolean, ok = false): void {
    const job = this.#jobs.get(id);
    if (!job) return;
    this.#jobs.delete(id);
    this.loadMs = this.#jobs.size === 0 ? 0 : this.loadMs - job.expectedMs;
    job.carrier = undefined;
    job.end();
    if (settle(job)) this.#events.onAnswer(job, tookMs, ok);
  }

  /** The job that runs is the first: its time is limited when it was given a limit, or nobody waits for it. */
  #watchFirst(): void {
    const first = this.#first();
    if (first === this.#watched || !this.ready) return;
    this.#watched = first;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (first?.settled)
      this.#cancelTimer = this.#clock.setTimer(() => this.#giveUp(first), this.#settings.abortGraceMs);
    else if (first?.options.timeoutMs !== undefined) this.#limit(first, first.options.timeoutMs);
  }

  #limit(job: Job, timeoutMs: Milliseconds): void {
    this.#cancelTimer = this.#clock.setTimer(() => {
      job.cancel(new TaskTimeoutError(job.title, timeoutMs));
    }, timeoutMs);
  }

  #giveUp(job: Job): void {
    if (job !== this.#first()) return;
    this.#events.onLost(this, 'stuck', undefined, this.end());
  }

  #lose(cause: unknown): void {
    if (this.ended) return;
    const why = this.ready ? 'crash' : 'load';
    this.#events.onLost(this, why, cause, this.end());
  }
}

const NOT_READY = 'it did not call exposeTasks() in time';

const plainForm = ({ id, flags, task, args }: Job): WireJob => [id, flags, task, args];

/** The job with a port in the place of each function. */
function proxiedForm(job: Job): readonly [wire: WireJob, ports: readonly MessagePort[]] {
  const ports: MessagePort[] = [];
  const proxies: number[] = [];
  const args = job.args.map((arg, at) => {
    if (!isFunction(arg)) return arg;
    const { port, close } = exposeFunction(arg);
    job.onEnd(close);
    ports.push(port);
    proxies.push(at);
    return port;
  });
  return [[job.id, job.flags, job.task, args, proxies], ports];
}

const isFunction = (value: unknown): value is (...args: never[]) => unknown => typeof value === 'function';
