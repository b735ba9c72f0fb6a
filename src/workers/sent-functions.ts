import type { Task } from './task.js';
import { WorkerError, WorkerErrorCode } from './worker-error.js';

/** The functions that a pool sends as text, for when they have to run on this thread after all. */
export class SentFunctions {
  readonly #bySource = new Map<string, { readonly task: Task; calls: number }>();

  /** Hands the function's source to `send`; rejects when it has none. */
  async use<R>(fn: (...args: never[]) => unknown, send: (source: string) => Promise<R>): Promise<R> {
    const source = Function.prototype.toString.call(fn);
    if (/\{\s*\[native code\]\s*\}\s*$/.test(source)) {
      throw new WorkerError(
        WorkerErrorCode.SOURCE,
        `${fn.name || 'the function'} has no source: it is bound or built in`,
      );
    }
    const sent = this.#bySource.get(source) ?? { task: fn, calls: 0 };
    this.#bySource.set(source, sent);
    sent.calls++;
    try {
      return await send(source);
    } finally {
      if (--sent.calls === 0) this.#bySource.delete(source);
    }
  }

  readonly find = (source: string): Task => {
    const task = this.#bySource.get(source)?.task;
    if (!task) throw new WorkerError(WorkerErrorCode.SOURCE, 'the function is gone');
    return task;
  };
}
