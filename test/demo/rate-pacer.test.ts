import { expect, test } from 'vitest';
import { RatePacer } from '../../demo/feed/rate-pacer.js';
import { fc } from '../support/properties.js';

test('the rate is met whatever the rhythm of the timer', () => {
  const waits = fc.array(fc.double({ min: 0, max: 250, noNaN: true }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 20_000 }), waits, (rate, steps) => {
      const pacer = new RatePacer(rate, 0);
      let now = 0;
      let sent = 0;
      for (const step of steps) {
        now += step;
        sent += pacer.due(now);
      }
      expect(Math.abs(sent - (now * rate) / 1_000)).toBeLessThanOrEqual(1.001);
    }),
  );
});

test('a long pause is not made up for', () => {
  const pacer = new RatePacer(1_000, 0);
  expect(pacer.due(60_000)).toBe(250);
});

test('a clock that goes back sends nothing', () => {
  const pacer = new RatePacer(1_000, 100);
  expect(pacer.due(50)).toBe(0);
});

test('a new rate holds from when it is set', () => {
  const pacer = new RatePacer(1_000, 0);
  pacer.setRate(10_000, 100);
  expect(pacer.due(200)).toBe(100 + 1_000);
});
