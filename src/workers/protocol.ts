import type { WireError } from './wire-error.js';

/** Bits of a job. */
export const JobFlag = {
  /** The arguments are items: the task is called once for each, and the results come as an array. */
  EACH: 1,
  /** `task` is a function's source. */
  SOURCE: 2,
  /** The pool waits for a sign of life after each item. */
  TICK: 4,
} as const;

/** `proxies`: where in the arguments a port stands for a function. */
export type WireJob = readonly [
  id: number,
  flags: number,
  task: string,
  args: readonly unknown[],
  proxies?: readonly number[],
];

/** What a pool tells a worker. */
export type ToWorker =
  /** `early`: sent before the worker said that it is ready, so it may be lost. */
  | { readonly poise: 'jobs'; readonly jobs: readonly WireJob[]; readonly early?: boolean }
  /** What was sent early, for the worker to compare. */
  | { readonly poise: 'sent'; readonly ids: readonly number[] }
  | { readonly poise: 'abort'; readonly id: number };

export type WireResult = readonly [id: number, tookMs: number, value: unknown];
export type WireFailure = readonly [id: number, tookMs: number, error: WireError];

/**
 * What a worker tells its pool. 'ready' says that the tasks are there: what is posted to a module worker earlier is lost
 * if the module awaits something at its top level.
 */
export type FromWorker =
  /** `lock`: what the worker holds as long as it lives. */
  | { readonly poise: 'ready'; readonly lock: string | undefined }
  /** What was sent early and has not come. */
  | { readonly poise: 'missing'; readonly ids: readonly number[] }
  | { readonly poise: 'results'; readonly done: readonly WireResult[]; readonly failed: readonly WireFailure[] }
  | { readonly poise: 'progress'; readonly id: number; readonly value: unknown }
  | { readonly poise: 'tick'; readonly id: number }
  /** A message arrived that could not be read. */
  | { readonly poise: 'unreadable' };

/** Sends a message to the pool; throws when it can't be cloned. */
export type Post = (message: FromWorker, transfer?: readonly Transferable[]) => void;
