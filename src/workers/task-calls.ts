import type { FromTask } from './job.js';
import type { TaskArguments, TaskName, TaskResult, Tasks } from './task.js';

/** A pool's calls with options: `pool.with({ signal, timeoutMs: 1000 }).run('parse', text)`. */
export class TaskCalls<T extends Tasks> {
  readonly #submit: (name: string, args: readonly unknown[]) => Promise<FromTask>;

  constructor(submit: (name: string, args: readonly unknown[]) => Promise<FromTask>) {
    this.#submit = submit;
  }

  /** As `WorkerPool.run`. */
  run<N extends TaskName<T>>(name: N, ...args: TaskArguments<T[N]>): Promise<TaskResult<T[N]>> {
    return this.#submit(name, args);
  }
}
