import type { PoiseTasks } from './poise-tasks.js';
import type { WorkerPoolSettings } from './pool-config.js';
import { WorkerPool, type WorkerPoolDependencies } from './worker-pool.js';

export interface PoisePoolConfig extends Partial<WorkerPoolSettings> {
  /**
   * Makes poise's worker where the bundler does not find it by itself (esbuild, Rollup): from a copy of
   * `poise/dist/workers/poise.worker.js` that is built as an entry of its own.
   */
  readonly create?: (() => Worker) | undefined;
}

const makeWorker = () => new Worker(new URL('./poise.worker.ts', import.meta.url), { type: 'module', name: 'poise' });

/**
 * A pool of poise's own worker, which compresses for logs and caches: one worker, made when it is needed. Where it can't
 * be loaded, the same work is done on this thread, in slices.
 */
export function createPoisePool(
  { create = makeWorker, ...settings }: PoisePoolConfig = {},
  dependencies: WorkerPoolDependencies = {},
): WorkerPool<PoiseTasks> {
  const fallback = async () => (await import('./poise-tasks.js')).poiseTasks;
  return new WorkerPool<PoiseTasks>({ size: 1, ...settings, create, fallback }, dependencies);
}
