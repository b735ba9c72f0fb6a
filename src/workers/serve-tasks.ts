import { SystemClock } from '../core/clock.js';
import { sourceCompiler } from './compile-source.js';
import { type FromWorker, isOurs } from './protocol.js';
import type { Tasks } from './task.js';
import { TaskServer, type TaskServerParts } from './task-server.js';

/** A worker's own scope, as far as it is used here. */
interface WorkerScope {
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
  addEventListener(type: string, listener: (event: MessageEvent) => void): void;
  close: () => void;
}

/** Serves `tasks` to the pool that made this worker; does nothing outside of a dedicated worker. */
export function serveTasks(tasks: Tasks, parts: TaskServerParts = {}): void {
  const scope: WorkerScope | undefined = workerScope();
  if (!scope) return;
  const post = (message: FromWorker, list?: Transferable[]) => {
    if (list) scope.postMessage(message, list);
    else scope.postMessage(message);
  };
  const server = new TaskServer(tasks, post, new SystemClock(), { compile: sourceCompiler(), ...parts });
  scope.addEventListener('message', ({ data }) => {
    if (isOurs(data)) server.receive(data);
  });
  const lost = (why: string) => post({ poise: 'lost', why });
  scope.addEventListener('messageerror', () => lost('a message could not be read in the worker'));
  // Nothing else would tell the page that the worker has ended itself.
  const close = scope.close.bind(scope);
  scope.close = () => {
    lost('it closed itself');
    close();
  };
  post({ poise: 'ready' });
}

function workerScope(): WorkerScope | undefined {
  const type: unknown = Reflect.get(globalThis, 'DedicatedWorkerGlobalScope');
  const scope: unknown = globalThis;
  return typeof type === 'function' && scope instanceof type && isWorkerScope(scope) ? scope : undefined;
}

const isWorkerScope = (scope: unknown): scope is WorkerScope => Object(scope).postMessage !== undefined;
