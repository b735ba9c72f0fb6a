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
export type WireResult = readonly [id: number, tookMs: number, value: unknown];
export type WireFailure = readonly [id: number, tookMs: number, error: WireError];

/** What goes there and back with every call is an array, which is cloned in half the time: this number, then the jobs or results. */
export const Batch = {
  JOBS: 0x706f01,
  /** Jobs sent before the worker said that it is ready, so they may be lost. */
  EARLY: 0x706f02,
  DONE: 0x706f03,
} as const;

export type JobBatch = readonly [kind: typeof Batch.JOBS | typeof Batch.EARLY, ...jobs: WireJob[]];
export type ResultBatch = readonly [kind: typeof Batch.DONE, ...results: WireResult[]];

/** What a pool tells a worker. */
export type ToWorker =
  | JobBatch
  /** What was sent early, for the worker to compare. */
  | { readonly poise: 'sent'; readonly ids: readonly number[] }
  | { readonly poise: 'abort'; readonly id: number };

/**
 * What a worker tells its pool. 'ready' says that the tasks are there: what is posted to a module worker earlier is lost
 * if the module awaits something at its top level.
 */
export type FromWorker =
  | ResultBatch
  | { readonly poise: 'failed'; readonly failures: readonly WireFailure[] }
  | { readonly poise: 'ready' }
  /** What was sent early and has not come. */
  | { readonly poise: 'missing'; readonly ids: readonly number[] }
  | { readonly poise: 'progress'; readonly id: number; readonly value: unknown }
  | { readonly poise: 'tick'; readonly id: number }
  /** The worker is of no use any more. */
  | { readonly poise: 'lost'; readonly why: string };

/** Whether a message is one of these: the app may send its own through the same worker. */
export function isOurs(data: MessageEvent['data']): boolean {
  if (typeof data !== 'object' || data === null) return false;
  return data.poise !== undefined || (data[0] >= Batch.JOBS && data[0] <= Batch.DONE);
}

/** Sends a message to the pool; throws when it can't be cloned. */
export type Post = (message: FromWorker, transfer?: Transferable[]) => void;
