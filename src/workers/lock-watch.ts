import type { Clock } from '../core/clock.js';
import type { Teardown } from '../core/disposer.js';
import type { Milliseconds } from '../core/units.js';

/** A worker asks for its lock before it says that it is ready; by then the request has certainly arrived. */
const LOOK_AFTER_MS: Milliseconds = 250;

/**
 * Tells when a worker is gone: it holds a lock as long as it lives, and nothing else tells of a `close()` in it.
 * Waits for that lock, once it is held; one that is neither held nor asked for belonged to a worker that is gone.
 */
export function watchLock(locks: LockManager | undefined, name: string, clock: Clock, onGone: () => void): Teardown {
  if (!locks) return () => undefined;
  const controller = new AbortController();
  const { signal } = controller;
  const gone = () => {
    if (!signal.aborted) onGone();
  };
  const look = async () => {
    const { held = [], pending = [] } = await locks.query();
    if (signal.aborted) return;
    if (held.some((lock) => lock.name === name)) await locks.request(name, { signal }, gone);
    else if (pending.some((lock) => lock.name === name)) cancel = later();
    else gone();
  };
  // Refused where storage is, as in a sandboxed frame; then a silent end stays silent.
  const later = () => clock.setTimer(() => void look().catch(() => undefined), LOOK_AFTER_MS);
  let cancel = later();
  return () => {
    cancel();
    controller.abort();
  };
}
