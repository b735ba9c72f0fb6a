import type { Clock } from '../core/clock.js';
import type { Teardown } from '../core/disposer.js';
import type { Environment } from '../core/environment.js';
import { whenIdle } from '../core/scheduling.js';
import type { Milliseconds } from '../core/units.js';
import type { SelfCost } from './self-cost.js';

/** All of them are done after this, idle or not. */
const WITHIN_MS: Milliseconds = 2_000;

/** What the steps are run with. */
export interface IdleContext {
  readonly clock: Clock;
  readonly environment: Environment;
  readonly cost: SelfCost;
  /** Takes what a step threw. */
  readonly onError: (cause: unknown) => void;
}

/** Runs steps in order, one each time that the main thread has nothing better to do. Returns what leaves out the rest. */
export function runWhenIdle(
  steps: readonly (() => void)[],
  { clock, environment, cost, onError }: IdleContext,
): Teardown {
  const deadline = clock.now() + WITHIN_MS;
  let cancel: Teardown = () => undefined;
  const wait = (at: number) => {
    const step = steps[at];
    if (!step) return;
    const run = () => {
      wait(at + 1);
      try {
        cost.run(step);
      } catch (cause) {
        onError(cause);
      }
    };
    cancel = whenIdle(run, Math.max(1, deadline - clock.now()), clock, environment);
  };
  wait(0);
  return () => cancel();
}
