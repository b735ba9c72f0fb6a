import type { Clock } from '../core/clock.js';
import type { Teardown } from '../core/disposer.js';
import type { PoiseError } from '../core/errors.js';
import type { Milliseconds, MonotonicMs } from '../core/units.js';
import type { OpenChannel } from './channel.js';
import { Job, type JobSource } from './job.js';
import { JobQueue } from './job-queue.js';
import type { WorkerPoolSettings } from './pool-config.js';
import { TaskCosts } from './task-costs.js';
import { WorkerCrashError, WorkerLoadError } from './worker-error.js';
import { WorkerSlot } from './worker-slot.js';

/** What a dispatcher tells the pool. */
export interface DispatcherEvents {
  onSent(job: Job): void;
  onAnswer(tookMs: Milliseconds): void;
  onProgress(job: Job, value: unknown): void;
  onError(error: PoiseError): void;
  /** Workers can't be started. @returns how to run tasks without them, if there is a way */
  onUnavailable(error: WorkerLoadError): Promise<OpenChannel | undefined>;
}

/** A task that was never measured is taken for a long one. */
const UNKNOWN_MS: Milliseconds = 60_000;
/** Starts in a row that may fail before workers are given up. */
const LOAD_ATTEMPTS = 2;
/** A worker that is busy is given more only up to this, as long as another one could be started. */
const SPREAD_MS: Milliseconds = 2;

/** Hands what waits to workers: starts them when they are needed, ends them when they are not, replaces what died. */
export class Dispatcher {
  readonly costs: TaskCosts = new TaskCosts();
  readonly queue: JobQueue = new JobQueue();
  readonly counts = { crashes: 0, retried: 0, started: 0, idled: 0 };
  readonly #open: OpenChannel | undefined;
  readonly #settings: WorkerPoolSettings;
  readonly #clock: Clock;
  readonly #events: DispatcherEvents;
  #slots: WorkerSlot[] = [];
  #local: OpenChannel | undefined;
  #loadFailures = 0;
  #settling = false;
  #pumping = false;
  #cancelIdle: Teardown | undefined;

  constructor(open: OpenChannel | undefined, settings: WorkerPoolSettings, clock: Clock, events: DispatcherEvents) {
    this.#open = open;
    this.#settings = settings;
    this.#clock = clock;
    this.#events = events;
  }

  get workers(): number {
    return this.#local ? 0 : this.#slots.length;
  }

  get running(): number {
    return this.#slots.reduce((sum, slot) => sum + slot.size, 0);
  }

  get local(): boolean {
    return this.#local !== undefined;
  }

  /**
   * A single call goes at once to a worker that has nothing to do. All else waits for the next turn of the microtask
   * queue, so that calls made together are sent together.
   */
  add(source: JobSource): void {
    const idle = source instanceof Job && this.queue.empty && !this.#local ? this.#slots.find(isIdle) : undefined;
    const job = idle && source.next();
    if (job) {
      this.#give(idle, job, job.createdAt);
      idle.flush();
      return;
    }
    this.queue.add(source);
    if (this.#pumping) return;
    this.#pumping = true;
    queueMicrotask(() => {
      this.#pumping = false;
      this.pump();
    });
  }

  /** Starts a worker before it is needed. */
  warm(count: number): void {
    while (this.#slots.length < Math.min(count, this.#most)) if (!this.#spawn()) break;
  }

  pump(): void {
    if (!this.queue.empty) {
      this.#assign();
      if (this.#spawnForWaiting()) this.#assignEarly();
      for (const slot of this.#slots) slot.flush();
    }
    this.#armIdle();
  }

  /** Ends every worker and forgets what waits. */
  end(): void {
    this.#cancelIdle?.();
    this.#cancelIdle = undefined;
    const slots = this.#slots;
    this.#slots = [];
    this.queue.clear();
    for (const slot of slots) slot.end();
  }

  get #most(): number {
    return this.#local ? 1 : this.#settings.size;
  }

  #assign(): void {
    const now = this.#clock.now();
    for (let slot = this.#roomiest(); slot; slot = this.#roomiest()) {
      const job = this.queue.next();
      if (!job) return;
      if (job.alone && slot.size > 0) {
        this.queue.putBack([job]);
        return;
      }
      this.#give(slot, job, now);
    }
  }

  /** While there is no worker yet, each that starts is given a job at once, which saves it a message there and back. */
  #assignEarly(): void {
    const now = this.#clock.now();
    if (this.#slots.some((slot) => slot.ready)) return;
    for (const slot of this.#slots) {
      const job = slot.size === 0 ? this.queue.next() : undefined;
      if (job?.alone || job?.hasFunctions) return this.queue.putBack([job]);
      if (job) this.#give(slot, job, now);
    }
  }

  #give(slot: WorkerSlot, job: Job, now: MonotonicMs): void {
    job.expectedMs = (this.costs.of(job.task) ?? UNKNOWN_MS) * job.items;
    slot.take(job, now);
    this.#events.onSent(job);
  }

  /** The worker with the least to do, if that is little enough for more. */
  #roomiest(): WorkerSlot | undefined {
    let best: WorkerSlot | undefined;
    for (const slot of this.#slots) {
      if (slot.ready && !slot.quarantined && (!best || slot.loadMs < best.loadMs)) best = slot;
    }
    if (!best || best.size === 0) return best;
    const complete = this.#slots.length >= this.#most && this.#slots.every((slot) => slot.ready);
    return best.loadMs < Math.min(this.#settings.aheadMs, complete ? Number.POSITIVE_INFINITY : SPREAD_MS)
      ? best
      : undefined;
  }

  /** @returns whether a worker was started */
  #spawnForWaiting(): boolean {
    const free = this.#slots.filter((slot) => !slot.ready && slot.size === 0).length;
    const missing = Math.min(this.#most - this.#slots.length, this.queue.count(this.#most) - free);
    let spawned = 0;
    while (spawned < missing && this.#spawn()) spawned++;
    return spawned > 0;
  }

  #spawn(): boolean {
    if (this.#settling) return false;
    const open = this.#local ?? this.#open;
    if (!open) {
      void this.#giveUpWorkers(new WorkerLoadError('this browser has no workers here'));
      return false;
    }
    try {
      const slot = new WorkerSlot(open, this.#settings, this.#clock, {
        onRoom: () => {
          if (slot.ready) this.#loadFailures = 0;
          this.pump();
        },
        onAnswer: (job, tookMs, ok) => {
          if (ok) this.costs.record(job.task, tookMs, job.items);
          this.#events.onAnswer(tookMs);
        },
        onProgress: (job, value) => this.#events.onProgress(job, value),
        onLost: (lost, why, cause, jobs) => this.#replace(lost, why, cause, jobs),
      });
      this.#slots.push(slot);
      if (!this.#local) this.counts.started++;
      return true;
    } catch (cause) {
      this.#loadFailures = LOAD_ATTEMPTS;
      void this.#giveUpWorkers(new WorkerLoadError('it could not be made', cause));
      return false;
    }
  }

  #replace(lost: WorkerSlot, why: 'load' | 'crash' | 'stuck', cause: unknown, jobs: readonly Job[]): void {
    this.#slots = this.#slots.filter((slot) => slot !== lost);
    const open = jobs.filter((job) => !job.settled);
    if (why === 'crash') this.#crashed(cause, open);
    else this.queue.putBack(open);
    if (why !== 'load') this.pump();
    else if (++this.#loadFailures < LOAD_ATTEMPTS) this.pump();
    else void this.#giveUpWorkers(new WorkerLoadError(cause instanceof Error ? cause.message : 'it failed', cause));
  }

  #crashed(cause: unknown, jobs: readonly Job[]): void {
    this.counts.crashes++;
    const again: Job[] = [];
    for (const job of jobs) {
      job.deaths++;
      if (job.repeatable && job.deaths <= this.#settings.maxRetries) again.push(job);
      else job.reject(new WorkerCrashError(job.title, job.deaths, cause));
    }
    this.counts.retried += again.length;
    this.queue.putBack(again);
    this.#events.onError(new WorkerCrashError(`${jobs.length} jobs`, 1, cause));
  }

  /** Goes on without workers where there is a way, and rejects what waits where there is none. */
  async #giveUpWorkers(error: WorkerLoadError): Promise<void> {
    if (this.#settling) return;
    this.#settling = true;
    this.#events.onError(error);
    this.#local = await this.#events.onUnavailable(error);
    this.#settling = false;
    this.#loadFailures = 0;
    if (this.#local) {
      const jobs = this.#slots.flatMap((slot) => slot.end());
      this.#slots = [];
      this.queue.putBack(jobs);
      this.pump();
      return;
    }
    for (let job = this.queue.next(); job; job = this.queue.next()) job.reject(error);
  }

  /** One timer for all: when it rings, what has been idle long enough ends. */
  #armIdle(): void {
    if (this.#cancelIdle || this.#slots.length === 0 || this.#local) return;
    const { idleTimeoutMs } = this.#settings;
    this.#cancelIdle = this.#clock.setTimer(() => {
      this.#cancelIdle = undefined;
      const now = this.#clock.now();
      for (const slot of this.#slots) {
        if (!slot.ready || slot.size > 0 || now - slot.busyAt < idleTimeoutMs) continue;
        slot.end();
        this.counts.idled++;
      }
      this.#slots = this.#slots.filter((slot) => !slot.ended);
      this.#armIdle();
    }, idleTimeoutMs);
  }
}

const isIdle = (slot: WorkerSlot): boolean => slot.ready && slot.size === 0;
