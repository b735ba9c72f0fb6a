import { Pool, spawn, Transfer, Worker } from 'threads';
import type { Open } from './peer.js';

interface Thread {
  echo(value: number): Promise<number>;
  work(ms: number): Promise<number>;
  touch(buffer: ArrayBuffer): Promise<ArrayBuffer>;
}

export const threads: Open = (size) => {
  const pool = Pool(
    () => spawn<Thread>(new Worker(new URL('./threads.worker.ts', import.meta.url), { type: 'module' })),
    { size },
  );
  const queue = async <R>(run: (thread: Thread) => Promise<R>): Promise<R> => await pool.queue(run);
  return {
    echo: (value) => queue((thread) => thread.echo(value)),
    move: (buffer) => queue((thread) => thread.touch(Transfer(buffer))),
    many: async (count, ms) => {
      const calls = Array.from({ length: count }, () => queue((thread) => thread.work(ms)));
      return (await Promise.all(calls)).length;
    },
    close: () => pool.terminate(true),
  };
};
