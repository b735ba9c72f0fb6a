import { disposeSymbol } from '../../src/core/index.js';
import { transfer, WorkerPool } from '../../src/workers/index.js';
import type { Open } from './peer.js';
import type { BenchTasks } from './poise.worker.js';

const makePool = (size: number) =>
  new WorkerPool<BenchTasks>({
    size,
    create: () => new Worker(new URL('./poise.worker.ts', import.meta.url), { type: 'module' }),
  });

export const poise: Open = (size) => {
  const pool = makePool(size);
  return {
    echo: (value) => pool.run('echo', value),
    move: (buffer) => pool.run('touch', transfer(buffer, [buffer])),
    many: async (count, ms) => (await pool.map('work', new Array<number>(count).fill(ms))).length,
    close: () => pool[disposeSymbol](),
  };
};

/** Without `map`: a call each. */
export const poiseRun: Open = (size) => {
  const pool = makePool(size);
  return {
    echo: (value) => pool.run('echo', value),
    move: (buffer) => pool.run('touch', transfer(buffer, [buffer])),
    many: async (count, ms) => {
      const calls = Array.from({ length: count }, () => pool.run('work', ms));
      return (await Promise.all(calls)).length;
    },
    close: () => pool[disposeSymbol](),
  };
};
