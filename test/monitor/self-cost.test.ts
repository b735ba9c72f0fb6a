import { describe, expect, it } from 'vitest';
import { SelfCost } from '../../src/monitor/self-cost.js';
import { VirtualClock } from '../support/virtual-clock.js';

function costOf(budgetPercent = 1) {
  const clock = new VirtualClock();
  const cost = new SelfCost(clock, budgetPercent);
  /** A window of a second, so much of it poise's own work. */
  const window = (ownMs: number) => {
    cost.run(() => clock.spend(ownMs));
    clock.advance(1_000 - ownMs);
    cost.settle();
  };
  return { clock, cost, window };
}

describe('SelfCost', () => {
  it('counts its own work, and work within work once', () => {
    const { clock, cost } = costOf();
    const result = cost.run(() => {
      clock.spend(2);
      cost.run(() => clock.spend(3));
      return 'done';
    });
    expect(result).toBe('done');
    expect(cost.mainThreadMs).toBe(5);
  });

  it('counts work that throws, and passes on what it threw', () => {
    const { clock, cost } = costOf();
    const fail = () => {
      clock.spend(4);
      throw new Error('no');
    };
    expect(() => cost.run(fail)).toThrow('no');
    expect(cost.mainThreadMs).toBe(4);
    cost.run(() => clock.spend(1));
    expect(cost.mainThreadMs).toBe(5);
  });

  it('knows its share of the main thread once a window has passed', () => {
    const { cost, window } = costOf();
    expect(cost.mainThreadPercent).toBeUndefined();
    window(5);
    expect(cost.mainThreadPercent).toBeCloseTo(0.5);
  });

  it('slows down past its budget, step by step, and speeds up again well below it', () => {
    const { cost, window } = costOf();
    window(20);
    expect(cost.slowdown).toBe(2);
    for (let n = 0; n < 10; n++) window(20);
    expect(cost.slowdown).toBe(16);
    window(5);
    expect(cost.slowdown).toBe(16);
    window(1);
    expect(cost.slowdown).toBe(8);
    for (let n = 0; n < 10; n++) window(0);
    expect(cost.slowdown).toBe(1);
  });
});
