import { onTestFinished } from 'vitest';
import { disposeSymbol } from '../../src/core/disposer.js';
import { detectEnvironment } from '../../src/core/environment.js';
import { WorkerPool, type WorkerPoolConfig, type WorkerPoolDependencies } from '../../src/workers/index.js';
import { type SampleTasks, sampleTasks } from './sample-tasks.js';

type Options = Partial<WorkerPoolConfig<SampleTasks>>;

/** A pool over the sample tasks, which ends with the test. */
export function samplePool(options: Options = {}, dependencies?: WorkerPoolDependencies): WorkerPool<SampleTasks> {
  const create = () => new Worker(new URL('./sample.worker.ts', import.meta.url), { type: 'module' });
  const pool = new WorkerPool<SampleTasks>({ size: 2, create, ...options }, dependencies);
  onTestFinished(() => pool[disposeSymbol]());
  return pool;
}

/** The same where there are no workers. */
export function localPool(options: Options = {}): WorkerPool<SampleTasks> {
  const environment = { ...detectEnvironment(), Worker: undefined };
  return samplePool({ fallback: () => sampleTasks, ...options }, { environment });
}
