import { expect, it } from 'vitest';
import { OwnClock } from '../../src/monitor/own-clock.js';
import { SelfCost } from '../../src/monitor/self-cost.js';
import { VirtualClock } from '../support/virtual-clock.js';

function slowed() {
  const clock = new VirtualClock();
  const cost = new SelfCost(clock, 1);
  cost.run(() => clock.spend(500));
  clock.advance(500);
  cost.settle();
  expect(cost.slowdown).toBe(2);
  return { clock, cost };
}

it('counts what timers, frames and tasks take', () => {
  const clock = new VirtualClock();
  const cost = new SelfCost(clock, 1);
  const own = new OwnClock(clock, cost, { stretched: false });
  own.setTimer(() => clock.spend(3), 10);
  own.requestFrame(() => clock.spend(4));
  own.afterTask(() => clock.spend(5));
  clock.advance(100);
  expect(cost.mainThreadMs).toBe(12);
});

it('waits longer past the budget, where that is asked for; short waits stay as they are', () => {
  const { clock, cost } = slowed();
  const fired: string[] = [];
  const sampling = new OwnClock(clock, cost, { stretched: true });
  const own = new OwnClock(clock, cost, { stretched: false });
  sampling.setTimer(() => fired.push('sample'), 1_000);
  sampling.setTimer(() => fired.push('short'), 50);
  own.setTimer(() => fired.push('own'), 1_000);
  sampling.setTimer(() => fired.push('cancelled'), 100)();
  clock.advance(1_000);
  expect(fired).toEqual(['short', 'own']);
  clock.advance(1_000);
  expect(fired).toEqual(['short', 'own', 'sample']);
  expect(clock.waiting).toBe(0);
});
