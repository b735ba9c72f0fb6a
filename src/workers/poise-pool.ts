import type { PoiseTasks } from './poise-tasks.js';
import type { WorkerPoolSettings } from './pool-config.js';
import { WorkerPool, type WorkerPoolDependencies } from './worker-pool.js';

/**
 * A pool of poise's own worker, which compresses for logs and caches: one worker, made when it is needed. Where it can't
 * be loaded, the same work is done on this thread, in slices.
 */
export function createPoisePool(
  settings: Partial<WorkerPoolSettings> = {},
  dependencies: WorkerPoolDependencies = {},
): WorkerPool<PoiseTasks> {
  return new WorkerPool<PoiseTasks>(
    {
      size: 1,
      ...settings,
      create: () => new Worker(new URL('./poise.worker.ts', import.meta.url), { type: 'module', name: 'poise' }),
      fallback: async () => (await import('./poise-tasks.js')).poiseTasks,
    },
    dependencies,
  );
}
