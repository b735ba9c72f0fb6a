import { callBack } from './function-proxy.js';
import { serveTasks } from './serve-tasks.js';
import type { Tasks } from './task.js';

/**
 * Makes functions callable from a `WorkerPool`: the one line of a worker module. They run one at a time, in the order
 * of the calls; one that returns a promise is waited for. Outside of a worker it does nothing, so that the same module
 * serves as the pool's `fallback`.
 *
 *     export const tasks = exposeTasks({ parse: (text: string) => …, hash: async (bytes: Uint8Array) => … });
 *
 * @returns `tasks`, for `typeof tasks` in the app
 */
export function exposeTasks<T extends Tasks>(tasks: T): T {
  serveTasks(tasks, { callBack });
  return tasks;
}
