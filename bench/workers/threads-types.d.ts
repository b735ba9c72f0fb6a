/** threads has types, but its exports map does not lead to them. */
declare module 'threads' {
  export class Worker extends globalThis.Worker {}
  export interface Pool<Thread> {
    queue<R>(run: (thread: Thread) => Promise<R>): PromiseLike<R>;
    terminate(force?: boolean): Promise<void>;
  }
  export function Pool<Thread>(spawnWorker: () => Promise<Thread>, options: { size: number }): Pool<Thread>;
  export function spawn<Thread>(worker: Worker): Promise<Thread>;
  /** Stands for the buffer until it has arrived. */
  export function Transfer<T extends Transferable>(transferable: T): T;
}

declare module 'threads/worker' {
  export function expose(tasks: object): void;
  export function Transfer<T>(payload: T, list?: Transferable[]): T;
}
