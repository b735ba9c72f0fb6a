import type { Teardown } from '../core/disposer.js';

/** Waits for a lock that a worker holds as long as it lives; having it means that the worker is gone. */
export function watchLock(locks: LockManager | undefined, name: string, onGone: () => void): Teardown {
  if (!locks) return () => undefined;
  const controller = new AbortController();
  locks
    .request(name, { signal: controller.signal }, () => {
      if (!controller.signal.aborted) onGone();
    })
    .catch(() => undefined);
  return () => controller.abort();
}
