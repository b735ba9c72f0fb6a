import { Observable } from 'rxjs';
import type { Teardown } from './disposer.js';
import type { Environment } from './environment.js';
import type { Milliseconds } from './units.js';

export { yieldToMain } from './yield-to-main.js';

/** https://wicg.github.io/is-input-pending/, as far as poise uses it. */
interface TaskScheduling {
  readonly navigator?: Partial<Navigator> & { scheduling?: { isInputPending?(): boolean } };
}

/** A clock, as far as it is waited on here. */
interface Timers {
  setTimer(callback: () => void, delay: Milliseconds): Teardown;
}

/** Whether the user has done something that still waits for the main thread; false where the browser can't tell. */
export function isInputPending(): boolean {
  const { navigator }: TaskScheduling = globalThis;
  return navigator?.scheduling?.isInputPending?.() ?? false;
}

/** Runs `callback` when the main thread has time, at the latest after `timeoutMs`. Returns what cancels it. */
export function whenIdle(
  callback: () => void,
  timeoutMs: Milliseconds,
  clock: Timers,
  environment: Environment,
): Teardown {
  if (!environment.requestIdleCallback) return clock.setTimer(callback, Math.min(timeoutMs, 200));
  const id = requestIdleCallback(callback, { timeout: timeoutMs });
  return () => cancelIdleCallback(id);
}

/** Whether the page can be seen: now, and at each change. True and silent where there is no document. */
export function observeVisibility(document: Document | undefined): Observable<boolean> {
  return new Observable((subscriber) => {
    subscriber.next(document?.visibilityState !== 'hidden');
    if (!document) return;
    const onChange = () => subscriber.next(document.visibilityState !== 'hidden');
    document.addEventListener('visibilitychange', onChange);
    return () => document.removeEventListener('visibilitychange', onChange);
  });
}
