import { Pool, spawn, Transfer, Worker } from 'threads';
import type { Open } from './peer.js';

interface Thread {
  echo(value: number): Promise<number>;
  work(ms: number): Promise<number>;
  touch(buffer: ArrayBuffer): Promise<ArrayBuffer>;
}

export const threads: Open = (size) => {
  const pool = Pool(
    // biome-ignore lint/suspicious/noExplicitAny: the library's own type for what a worker exposes
    () => spawn<any>(new Worker(new URL('./threads.worker.ts', import.meta.url), { type: 'module' })),
    { size },
  );
  const queue = async <R>(run: (thread: Thread) => Promise<R>): Promise<R> => await pool.queue(run);
  return {
    echo: (value) => queue((thread) => thread.echo(value)),
    // biome-ignore lint/suspicious/noExplicitAny: a transfer descriptor stands for the buffer
    move: (buffer) => queue((thread) => thread.touch(Transfer(buffer) as any)),
    many: async (count, ms) => {
      const calls = Array.from({ length: count }, () => queue((thread) => thread.work(ms)));
      return (await Promise.all(calls)).length;
    },
    close: () => pool.terminate(true),
  };
};
