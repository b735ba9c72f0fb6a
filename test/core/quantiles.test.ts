import { expect, test } from 'vitest';
import { Quantiles } from '../../src/core/quantiles.js';

test('an empty summary has no figures', () => {
  expect(new Quantiles().summary()).toEqual({
    count: 0,
    min: undefined,
    max: undefined,
    mean: undefined,
    p50: undefined,
    p95: undefined,
    p99: undefined,
  });
});

test('quantiles are within 1 % of the sorted values', () => {
  const quantiles = new Quantiles();
  const values = Array.from({ length: 10_000 }, (_, i) => 0.01 * 1.0015 ** i);
  for (const value of values) quantiles.record(value);
  for (const q of [0.01, 0.5, 0.95, 0.98, 0.99]) {
    const exact = values[Math.ceil(q * values.length) - 1] ?? Number.NaN;
    const given = quantiles.quantile(q) ?? Number.NaN;
    expect(Math.abs(given - exact) / exact).toBeLessThanOrEqual(0.0101);
  }
});
