import type { Clock } from '../core/clock.js';
import type { Teardown } from '../core/disposer.js';
import type { Milliseconds, MonotonicMs } from '../core/units.js';
import { nextTask } from '../core/yield-to-main.js';
import {
  Batch,
  type JobBatch,
  JobFlag,
  type Post,
  type ToWorker,
  type WireFailure,
  type WireJob,
  type WireResult,
} from './protocol.js';
import { RunningJob } from './running-job.js';
import type { Task, Tasks } from './task.js';
import { Transferred } from './transfer.js';
import { toWire } from './wire-error.js';
import { TaskCloneError, WorkerError, WorkerErrorCode } from './worker-error.js';

/** What a server needs beyond its tasks; each is there only where it is used. */
export interface TaskServerParts {
  /** Makes a function of its source. */
  readonly compile?: (source: string) => Task;
  /** Stands in for a function of the caller's until `release`. */
  readonly callBack?: (port: unknown) => { readonly call: unknown; readonly release: Teardown };
}

/** Results are kept back this long, so that many small ones go in one message. */
const FLUSH_MS: Milliseconds = 4;
/** Jobs may keep the thread this long before messages are let in. */
const SLICE_MS: Milliseconds = 8;

/** Runs what a pool sends: one job after another, in order; an asynchronous one is waited for. */
export class TaskServer {
  readonly #tasks: Tasks;
  readonly #post: Post;
  readonly #clock: Clock;
  readonly #parts: TaskServerParts;
  #queue: WireJob[] = [];
  #next = 0;
  readonly #aborted = new Set<number>();
  readonly #early = new Set<number>();
  #running: RunningJob | undefined;
  #draining = false;
  #stopped = false;
  #done: WireResult[] = [];
  #failed: WireFailure[] = [];
  #flushedAt: MonotonicMs = 0;
  #cancelFlush: Teardown | undefined;

  constructor(tasks: Tasks, post: Post, clock: Clock, parts: TaskServerParts = {}) {
    this.#tasks = tasks;
    this.#post = post;
    this.#clock = clock;
    this.#parts = parts;
  }

  receive(message: ToWorker): void {
    if (!('poise' in message)) return this.#take(message);
    switch (message.poise) {
      case 'abort':
        if (this.#running?.id === message.id) this.#running.abort();
        else if (this.#draining) this.#aborted.add(message.id);
        break;
      case 'sent': {
        const ids = message.ids.filter((id) => !this.#early.has(id));
        this.#early.clear();
        if (ids.length > 0) this.#post({ poise: 'missing', ids });
      }
    }
  }

  #take([kind, ...jobs]: JobBatch): void {
    for (const job of jobs) {
      this.#queue.push(job);
      if (kind === Batch.EARLY) this.#early.add(job[0]);
    }
    void this.#drain();
  }

  /** Begins nothing more and says nothing more. */
  stop(): void {
    this.#stopped = true;
    this.#queue = [];
    this.#running?.abort();
    this.#cancelFlush?.();
  }

  async #drain(): Promise<void> {
    if (this.#draining) return;
    this.#draining = true;
    let now = this.#clock.now();
    let sliceEnd = now + SLICE_MS;
    while (this.#next < this.#queue.length && !this.#stopped) {
      const job = this.#queue[this.#next++];
      if (!job) break;
      const started = now;
      const running = new RunningJob(job[0], this.#post);
      this.#running = running;
      try {
        const outcome = this.#aborted.delete(job[0]) ? undefined : this.#perform(job, running);
        if (isThenable(outcome)) this.#armFlush();
        const value = isThenable(outcome) ? await outcome : outcome;
        now = this.#clock.now();
        this.#keep(job[0], now - started, value);
      } catch (thrown) {
        now = this.#clock.now();
        this.#failed.push([job[0], now - started, toWire(thrown)]);
      }
      this.#running = undefined;
      if (this.#next === this.#queue.length || now - this.#flushedAt >= FLUSH_MS) this.#flush(now);
      if (now >= sliceEnd && this.#next < this.#queue.length) {
        this.#queue.splice(0, this.#next);
        this.#next = 0;
        await nextTask();
        now = this.#clock.now();
        sliceEnd = now + SLICE_MS;
      }
    }
    this.#queue = [];
    this.#next = 0;
    this.#aborted.clear();
    this.#draining = false;
  }

  #perform([, flags, name, given, proxies]: WireJob, running: RunningJob): unknown {
    const task = this.#find(name, flags);
    const each = (flags & JobFlag.EACH) !== 0;
    if (each) return this.#performEach(task, given, running, (flags & JobFlag.TICK) !== 0);
    if (!proxies) return Reflect.apply(task, running, given);
    return this.#performWithProxies(task, given, proxies, running);
  }

  #find(name: string, flags: number): Task {
    if (flags & JobFlag.SOURCE) {
      if (this.#parts.compile) return this.#parts.compile(name);
    } else {
      const task = Object.hasOwn(this.#tasks, name) ? this.#tasks[name] : undefined;
      if (task) return task;
    }
    const known = Object.keys(this.#tasks).join(', ');
    throw new WorkerError(WorkerErrorCode.UNKNOWN, `the worker has no task "${name}" (${known})`);
  }

  /** One item after another; goes on without waiting as long as the task answers at once. */
  #performEach(task: Task, items: readonly unknown[], running: RunningJob, tick: boolean): unknown {
    const results: unknown[] = [];
    while (running.at < items.length - 1) {
      running.at++;
      const result: unknown = Reflect.apply(task, running, [items[running.at]]);
      if (isThenable(result)) return this.#awaitEach(result, results, task, items, running, tick);
      results.push(result);
      if (tick) running.tick(this.#clock.now());
    }
    return collect(results);
  }

  async #awaitEach(
    first: unknown,
    results: unknown[],
    task: Task,
    items: readonly unknown[],
    running: RunningJob,
    tick: boolean,
  ): Promise<unknown> {
    results.push(await first);
    while (running.at < items.length - 1 && !running.aborted) {
      if (tick) running.tick(this.#clock.now());
      running.at++;
      results.push(await Reflect.apply(task, running, [items[running.at]]));
    }
    return collect(results);
  }

  /** The functions among the arguments live as long as the task. */
  async #performWithProxies(
    task: Task,
    given: readonly unknown[],
    proxies: readonly number[],
    running: RunningJob,
  ): Promise<unknown> {
    const { callBack } = this.#parts;
    if (!callBack) throw new WorkerError(WorkerErrorCode.CLONE, 'this worker takes no functions');
    const args = [...given];
    const made = proxies.map((at) => {
      const proxy = callBack(args[at]);
      args[at] = proxy.call;
      return proxy;
    });
    try {
      return await Reflect.apply(task, running, args);
    } finally {
      for (const { release } of made) release();
    }
  }

  /** What is transferred goes at once, as the buffers of one message are moved together or not at all. */
  #keep(id: number, tookMs: Milliseconds, value: unknown): void {
    if (!(value instanceof Transferred)) {
      this.#done.push([id, tookMs, value]);
      return;
    }
    this.#flush(this.#clock.now());
    this.#send([[id, tookMs, value.value]], value.list);
  }

  #armFlush(): void {
    if (this.#cancelFlush || this.#done.length + this.#failed.length === 0) return;
    this.#cancelFlush = this.#clock.setTimer(() => this.#flush(this.#clock.now()), FLUSH_MS);
  }

  #flush(now: MonotonicMs): void {
    this.#flushedAt = now;
    this.#cancelFlush?.();
    this.#cancelFlush = undefined;
    if (this.#done.length + this.#failed.length === 0) return;
    const [done, failed] = [this.#done, this.#failed];
    this.#done = [];
    this.#failed = [];
    this.#send(done);
    this.#sendFailures(failed);
  }

  #sendFailures(failures: readonly WireFailure[]): void {
    if (failures.length > 0 && !this.#stopped) this.#post({ poise: 'failed', failures });
  }

  /** Sends results; when one can't be cloned, each goes alone, and that one as a failure. */
  #send(done: readonly WireResult[], list?: Transferable[]): void {
    if (done.length === 0 || this.#stopped) return;
    try {
      this.#post([Batch.DONE, ...done], list);
    } catch (cause) {
      if (done.length > 1) for (const result of done) this.#send([result]);
      else this.#sendFailures(done.map(([id, tookMs]) => [id, tookMs, toWire(TaskCloneError.of('the result', cause))]));
    }
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/** The results of a chunk, with what each of them transfers. */
function collect(results: readonly unknown[]): unknown {
  if (!results.some((result) => result instanceof Transferred)) return results;
  const list = results.flatMap((result) => (result instanceof Transferred ? result.list : []));
  return new Transferred(
    results.map((result) => (result instanceof Transferred ? result.value : result)),
    [...new Set(list)],
  );
}
