import { expect, test } from 'vitest';
import {
  formatAge,
  formatBytes,
  formatDuration,
  formatRate,
  formatTime,
  statusTone,
} from '../../../demo/src/view/format.js';
import { LAST_POSITION, positionOf, rateAt } from '../../../demo/src/view/rate-scale.js';
import { fc } from '../../support/properties.js';

test.each([
  [undefined, '–'],
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1.0 kB'],
  [99_949, '99.9 kB'],
  [99_950, '100 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [4.2e15, '4,200 TB'],
])('%s bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test('no size takes more than eight characters, so that columns keep still', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 1e15 }), (bytes) => formatBytes(bytes).length <= 8));
});

test('rates, ages, durations and times', () => {
  expect([0, 0.04, 9.94, 9.95, 1_234.5].map(formatRate)).toEqual(['0.0', '0.0', '9.9', '10', '1,235']);
  expect([0, 999, 1_000, 59_999, 60_000, 3_600_000].map(formatAge)).toEqual([
    'now',
    'now',
    '1 s',
    '59 s',
    '1 min',
    '1 h',
  ]);
  expect(formatDuration(9_999)).toEqual({ value: '9,999', unit: 'ms' });
  expect(formatDuration(15_460)).toEqual({ value: '15.5', unit: 's' });
  expect(formatTime(Date.UTC(2015, 4, 17, 9, 5, 3))).toBe('09:05:03');
  expect([200, 304, 404, 503].map(statusTone)).toEqual(['ok', 'moved', 'client', 'server']);
});

test('the rate slider reaches from 10 to 20,000 a second, evenly in proportion', () => {
  expect([rateAt(0), rateAt(LAST_POSITION)]).toEqual([10, 20_000]);
  for (let position = 1; position <= LAST_POSITION; position++) {
    const step = rateAt(position) / rateAt(position - 1);
    expect(step).toBeGreaterThan(1);
    expect(step).toBeLessThan(1.2);
  }
  expect(rateAt(positionOf(2_000))).toBe(2_000);
});
