import type { Milliseconds } from '../core/units.js';
import {
  type Checks,
  checkArgument,
  func,
  nonNegative,
  nonNegativeInteger,
  optional,
  positive,
  positiveInteger,
  resolveConfig,
} from '../core/validate.js';
import type { Tasks } from './task.js';

/** What a WorkerPool goes by. */
export interface WorkerPoolSettings {
  /** Workers at the most; seed 000 calls it max_workers. Default: the machine's cores, less one from three on; at most 8. */
  readonly size: number;
  /** A worker that had nothing to do for so long ends. Default 10,000. */
  readonly idleTimeoutMs: Milliseconds;
  /** A worker must be ready after this. Default 30,000. */
  readonly startTimeoutMs: Milliseconds;
  /** How long an aborted task may still run before its worker is ended. Default 100. */
  readonly abortGraceMs: Milliseconds;
  /** How often a task is given to another worker when its own died. Default 1. */
  readonly maxRetries: number;
  /** Calls that may wait or run; what comes on top is rejected. Default 100,000. */
  readonly maxQueueSize: number;
  /**
   * How much work a worker is given ahead, as far as its tasks' times are known, so that small tasks don't wait for
   * messages. A task of unknown length goes alone. Default 16.
   */
  readonly aheadMs: Milliseconds;
}

/** The options; only `create` is needed. */
export type WorkerPoolConfig<T extends Tasks> = {
  readonly [Name in keyof WorkerPoolSettings]?: WorkerPoolSettings[Name] | undefined;
} & {
  /** Makes a worker: `() => new Worker(new URL('./tasks.ts', import.meta.url), { type: 'module' })`. */
  readonly create: () => Worker;
  /** The same tasks for this thread, where workers can't start: `async () => (await import('./tasks.js')).tasks`. */
  readonly fallback?: (() => T | Promise<T>) | undefined;
};

const DEFAULTS: Omit<WorkerPoolSettings, 'size'> = Object.freeze({
  idleTimeoutMs: 10_000,
  startTimeoutMs: 30_000,
  abortGraceMs: 100,
  maxRetries: 1,
  maxQueueSize: 100_000,
  aheadMs: 16,
});

const CHECKS: Checks<WorkerPoolSettings> = {
  size: positiveInteger,
  idleTimeoutMs: nonNegative,
  startTimeoutMs: positive,
  abortGraceMs: nonNegative,
  maxRetries: nonNegativeInteger,
  maxQueueSize: positiveInteger,
  aheadMs: nonNegative,
};

/** @throws ConfigError */
export function resolveWorkerPoolConfig<T extends Tasks>(given: WorkerPoolConfig<T>): WorkerPoolSettings {
  const { create, fallback, ...settings } = Object(given);
  checkArgument('WorkerPool', 'create', create, func);
  checkArgument('WorkerPool', 'fallback', fallback, optional(func));
  return resolveConfig<WorkerPoolSettings>('WorkerPool', settings, { ...DEFAULTS, size: defaultSize() }, CHECKS);
}

function defaultSize(): number {
  const cores = globalThis.navigator?.hardwareConcurrency || 2;
  return Math.min(8, cores > 2 ? cores - 1 : cores);
}
