import { describe, expect, it } from 'vitest';
import type { Readings } from '../../../src/monitor/score/readings.js';
import { scoreOf } from '../../../src/monitor/score/score.js';
import { fc } from '../../support/properties.js';

/** Every part switched on. */
type AllReadings = { readonly [Part in keyof Readings]-?: NonNullable<Readings[Part]> };

const FINE: AllReadings = {
  memory: { usagePercent: 0 },
  throttling: { requested: 0, throttled: 0, lost: 0 },
  resources: { cleaned: 0, failed: 0 },
  logs: { added: 0, lost: 0, persistent: true },
};

/** Worked by hand: what each case takes of the 30, 25, 25 and 20 points. */
const CASES: readonly (readonly [what: string, readings: Readings, score: number])[] = [
  ['everything idle', FINE, 100],
  ['everything switched off', {}, 100],
  ['memory half full: 30 * 0.5 ** 4 = 1.875 are lost', { ...FINE, memory: { usagePercent: 50 } }, 98.125],
  ['memory four fifths full: 30 * 0.8 ** 4 = 12.288', { ...FINE, memory: { usagePercent: 80 } }, 87.712],
  ['memory full: all 30', { ...FINE, memory: { usagePercent: 100 } }, 70],
  ['the heap beyond its limit: no more than 30', { ...FINE, memory: { usagePercent: 250 } }, 70],
  ['all updates wait: half of 25', { ...FINE, throttling: { requested: 1_000, throttled: 1_000, lost: 0 } }, 87.5],
  [
    'a fifth refused, none waits: a fifth of 25',
    { ...FINE, throttling: { requested: 1_000, throttled: 0, lost: 200 } },
    95,
  ],
  [
    'a fifth refused, all wait: 25 * (1 - 0.8 * 0.5) = 15',
    { ...FINE, throttling: { requested: 1_000, throttled: 1_000, lost: 200 } },
    85,
  ],
  ['one clean-up of four failed: a quarter of 25', { ...FINE, resources: { cleaned: 3, failed: 1 } }, 93.75],
  ['a tenth of the entries lost: a tenth of 20', { ...FINE, logs: { added: 100, lost: 10, persistent: true } }, 98],
  ['the log in memory only: a quarter of 20', { ...FINE, logs: { added: 100, lost: 0, persistent: false } }, 95],
  ['entries lost that were added earlier: all 20', { ...FINE, logs: { added: 0, lost: 5, persistent: true } }, 80],
  [
    'only memory, half full: the others give their points to it: 100 * (1 - 0.0625)',
    { memory: { usagePercent: 50 } },
    93.75,
  ],
  [
    'memory and logs: 30 and 20 of 50 are 60 and 40; a tenth of the log lost takes 4',
    { memory: { usagePercent: 0 }, logs: { added: 10, lost: 1, persistent: true } },
    96,
  ],
];

const count = fc.nat({ max: 100_000 });
const anyReadings: fc.Arbitrary<Readings> = fc.record(
  {
    memory: fc.record({ usagePercent: fc.double({ min: 0, max: 300, noNaN: true }) }),
    throttling: fc.record({ requested: count, throttled: count, lost: count }),
    resources: fc.record({ cleaned: count, failed: count }),
    logs: fc.record({ added: count, lost: count, persistent: fc.boolean() }),
  },
  { requiredKeys: [] },
);

describe('the score', () => {
  it.each(CASES)('%s', (_what, readings, score) => {
    expect(scoreOf(readings).score).toBeCloseTo(score, 9);
  });

  it('is within 0 and 100, and the sum of its parts', () => {
    fc.assert(
      fc.property(anyReadings, (readings) => {
        const { score, parts } = scoreOf(readings);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
        const points = parts.reduce((sum, part) => sum + part.points, 0);
        if (parts.length > 0) {
          expect(points).toBeCloseTo(score, 6);
          expect(parts.reduce((sum, part) => sum + part.maxPoints, 0)).toBeCloseTo(100, 6);
        }
        for (const { health } of parts) expect(health >= 0 && health <= 1).toBe(true);
      }),
    );
  });

  const worse: readonly (readonly [string, (readings: AllReadings) => Readings])[] = [
    ['memory', (r) => ({ ...r, memory: { usagePercent: r.memory.usagePercent + 1 } })],
    ['more updates wait', (r) => ({ ...r, throttling: { ...r.throttling, throttled: r.throttling.throttled + 1 } })],
    ['more updates are lost', (r) => ({ ...r, throttling: { ...r.throttling, lost: r.throttling.lost + 1 } })],
    ['clean-ups', (r) => ({ ...r, resources: { ...r.resources, failed: r.resources.failed + 1 } })],
    ['logs', (r) => ({ ...r, logs: { ...r.logs, lost: r.logs.lost + 1 } })],
  ];
  const someReadings: fc.Arbitrary<AllReadings> = fc.record({
    memory: fc.record({ usagePercent: fc.double({ min: 1, max: 98, noNaN: true }) }),
    throttling: fc
      .record({ requested: fc.integer({ min: 10, max: 9_999 }), throttled: count, lost: count })
      .map(({ requested, throttled, lost }) => ({
        requested,
        throttled: throttled % (requested - 1),
        lost: lost % (requested - 1),
      })),
    resources: fc.record({ cleaned: fc.integer({ min: 1, max: 9_999 }), failed: count }),
    logs: fc
      .record({ added: fc.integer({ min: 10, max: 9_999 }), lost: count, persistent: fc.boolean() })
      .map(({ added, lost, persistent }) => ({ added, lost: lost % (added - 1), persistent })),
  });
  it.each(worse)('falls when a part gets worse: %s', (_what, worsen) => {
    fc.assert(
      fc.property(someReadings, (readings) => {
        expect(scoreOf(worsen(readings)).score).toBeLessThan(scoreOf(readings).score);
      }),
    );
  });
});
