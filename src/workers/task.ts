import type { Transferred } from './transfer.js';

/** What a task finds in `this`, when it is a function with a `this` of its own. */
export interface TaskContext {
  /** Aborted when the caller no longer wants the result, or it takes too long. */
  readonly signal: AbortSignal;
  /** Tells the caller's `onProgress` how far the task is. `value` is cloned. */
  progress(value: unknown): void;
}

/** A function that runs in a worker: `(text: string) => Row[]`, or `function (this: TaskContext, text: string) {…}`. */
export type Task = (this: TaskContext, ...args: never[]) => unknown;

/** What a worker module exposes, by name. */
export type Tasks = { readonly [name: string]: Task };

/** The name of one of the tasks. */
export type TaskName<T extends Tasks> = keyof T & string;

/**
 * What the caller gives for one parameter: the value, or the value with what is to be transferred. A function is called
 * from the worker through a proxy, so the task gets a promise of its result.
 */
export type TaskArgument<P> =
  | Transferred<P>
  | (P extends (...args: infer A) => infer R ? (...args: A) => R | Awaited<R> : P);

/** What the caller gives for a task's parameters. */
export type TaskArguments<F> = F extends (this: TaskContext, ...args: infer A extends unknown[]) => unknown
  ? { [I in keyof A]: TaskArgument<A[I]> }
  : never;

/** The items that a task with one parameter is mapped over. */
export type TaskItem<F> = F extends (this: TaskContext, item: infer P) => unknown ? TaskArgument<P> : never;

/** What the caller gets of a task. */
export type TaskResult<F> = F extends (this: TaskContext, ...args: never[]) => infer R
  ? Awaited<R> extends Transferred<infer V>
    ? V
    : Awaited<R>
  : never;
