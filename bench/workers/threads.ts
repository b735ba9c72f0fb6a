import { Pool, spawn, Transfer, Worker } from 'threads';
import { inLanes } from './lanes.js';
import type { Open } from './peer.js';

interface Thread {
  echo(value: number): Promise<number>;
  work(ms: number): Promise<number>;
  touch(buffer: ArrayBuffer): Promise<ArrayBuffer>;
}

/** Each call listens to the whole pool's events: with 100,000 queued at once a run would take hours. */
const IN_FLIGHT = 16;

export const threads: Open = (size) => {
  const pool = Pool(
    () => spawn<Thread>(new Worker(new URL('./threads.worker.ts', import.meta.url), { type: 'module' })),
    { size },
  );
  const queue = async <R>(run: (thread: Thread) => Promise<R>): Promise<R> => await pool.queue(run);
  return {
    echo: (value) => queue((thread) => thread.echo(value)),
    move: (buffer) => queue((thread) => thread.touch(Transfer(buffer))),
    many: (count, ms) => inLanes(count, IN_FLIGHT * size, () => queue((thread) => thread.work(ms))),
    close: () => pool.terminate(true),
  };
};
