import type { Clock } from '../core/clock.js';
import type { Teardown } from '../core/disposer.js';
import type { Milliseconds } from '../core/units.js';

/** Runs something again and again; how long it waits is asked anew each time. Nothing overlaps. */
export function repeat(look: () => void, waitMs: () => Milliseconds, clock: Clock): Teardown {
  let cancel: Teardown;
  const next = () => {
    cancel = clock.setTimer(() => {
      next();
      look();
    }, waitMs());
  };
  next();
  return () => cancel();
}
