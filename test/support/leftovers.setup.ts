import { beforeEach } from 'vitest';
import { watchLeftovers } from './leftovers.js';
import { OpenThings } from './open-things.js';

// Taken before it is wrapped.
const { setTimeout } = window;
const things = new OpenThings();
watchLeftovers(window, things);

/** What ends in a task or a frame of its own has this many turns of 10 ms to do so. */
const TURNS = 5;
/** A lock ends with the transaction that it was held for, which takes its time on a busy machine. */
const LOCK_TURNS = 200;

const turnsFor = (left: readonly string[]): number =>
  left.every((thing) => thing.startsWith('the lock ')) ? LOCK_TURNS : TURNS;

beforeEach(({ onTestFinished }) => {
  const before = things.keys();
  // Registered first, so it runs after every other clean-up of the test.
  onTestFinished(async () => {
    let left = things.since(before);
    for (let turn = 0; left.length > 0 && turn < turnsFor(left); turn++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      left = things.since(before);
    }
    if (left.length > 0) throw new Error(`the test left behind:\n  - ${left.join('\n  - ')}`);
  });
});
