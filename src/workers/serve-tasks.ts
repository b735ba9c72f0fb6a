import { SystemClock } from '../core/clock.js';
import { sourceCompiler } from './compile-source.js';
import type { FromWorker } from './protocol.js';
import type { Tasks } from './task.js';
import { TaskServer, type TaskServerParts } from './task-server.js';

/** A worker's own scope, as far as it is used here. */
interface WorkerScope {
  postMessage(message: FromWorker, transfer: Transferable[]): void;
  addEventListener(type: string, listener: (event: MessageEvent) => void): void;
  readonly navigator?: { readonly locks?: LockManager };
}

/** Serves `tasks` to the pool that made this worker; does nothing outside of a dedicated worker. */
export function serveTasks(tasks: Tasks, parts: TaskServerParts = {}): void {
  const scope: WorkerScope | undefined = workerScope();
  if (!scope) return;
  const post = (message: FromWorker, list: readonly Transferable[] = []) => scope.postMessage(message, [...list]);
  const server = new TaskServer(tasks, post, new SystemClock(), { compile: sourceCompiler(), ...parts });
  scope.addEventListener('message', ({ data }) => {
    if (data?.poise) server.receive(data);
  });
  scope.addEventListener('messageerror', () => post({ poise: 'unreadable' }));
  const lock = `poise-worker-${performance.timeOrigin}-${Math.random()}`;
  post({ poise: 'ready', lock });
  // Free again once the worker is gone, whatever ended it. Asked for before the first job can come.
  scope.navigator?.locks?.request(lock, () => new Promise(() => undefined)).catch(() => undefined);
}

function workerScope(): WorkerScope | undefined {
  const type: unknown = Reflect.get(globalThis, 'DedicatedWorkerGlobalScope');
  const scope: unknown = globalThis;
  return typeof type === 'function' && scope instanceof type && isWorkerScope(scope) ? scope : undefined;
}

const isWorkerScope = (scope: unknown): scope is WorkerScope => Object(scope).postMessage !== undefined;
