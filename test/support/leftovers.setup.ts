import { beforeEach } from 'vitest';
import { watchLeftovers } from './leftovers.js';
import { OpenThings } from './open-things.js';

// Taken before it is wrapped.
const { setTimeout } = window;
const things = new OpenThings();
watchLeftovers(window, things);

/** What ends in a task or a frame of its own has this many turns of 10 ms to do so. */
const TURNS = 5;

beforeEach(({ onTestFinished }) => {
  const before = things.keys();
  // Registered first, so it runs after every other clean-up of the test.
  onTestFinished(async () => {
    for (let turn = 0; turn < TURNS && things.since(before).length > 0; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const left = things.since(before);
    if (left.length > 0) throw new Error(`the test left behind:\n  - ${left.join('\n  - ')}`);
  });
});
