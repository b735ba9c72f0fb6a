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
  readonly crypto: Crypto;
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
  post({ poise: 'ready', lock: holdLock(scope) });
}

/** The lock is free again once the worker is gone, whatever ended it. */
function holdLock(scope: WorkerScope): string | undefined {
  const locks = scope.navigator?.locks;
  if (!locks) return undefined;
  const name = `poise-worker-${scope.crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
  locks.request(name, () => new Promise(() => undefined)).catch(() => undefined);
  return name;
}

function workerScope(): WorkerScope | undefined {
  const type: unknown = Reflect.get(globalThis, 'DedicatedWorkerGlobalScope');
  const scope: unknown = globalThis;
  return typeof type === 'function' && scope instanceof type && isWorkerScope(scope) ? scope : undefined;
}

const isWorkerScope = (scope: unknown): scope is WorkerScope => Object(scope).postMessage !== undefined;
