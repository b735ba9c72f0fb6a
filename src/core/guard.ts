import { CallbackError } from './errors.js';

/** Takes what went wrong in a callback; the caller counts it and puts it on its `errors$`. */
export type Report = (error: CallbackError) => void;

/**
 * Runs a callback of the app's. What it throws, or its promise rejects with, goes to `report`
 * and never to the caller. Returns false when it threw.
 */
export function guard(where: string, callback: () => unknown, report: Report): boolean {
  try {
    const result = callback();
    if (result instanceof Promise) result.catch((cause: unknown) => report(new CallbackError(where, cause)));
    return true;
  } catch (cause) {
    report(new CallbackError(where, cause));
    return false;
  }
}
