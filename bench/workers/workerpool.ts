import { pool as makePool } from 'workerpool';
import type { Open } from './peer.js';
import workerUrl from './workerpool.worker.ts?worker&url';

export const workerpool: Open = (size) => {
  const pool = makePool(workerUrl, {
    maxWorkers: size,
    workerType: 'web',
    workerOpts: { type: 'module' },
    maxQueueSize: Number.POSITIVE_INFINITY,
  });
  return {
    echo: async (value) => await pool.exec('echo', [value]),
    move: async (buffer) => await pool.exec('touch', [buffer], { transfer: [buffer] }),
    many: async (count, ms) => {
      const calls = Array.from({ length: count }, () => pool.exec('work', [ms]));
      return (await Promise.all(calls)).length;
    },
    close: () => pool.terminate(true),
  };
};
