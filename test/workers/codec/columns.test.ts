import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeColumns, encodeColumns } from '../../../src/workers/codec/columns.js';

const roundTrip = (records: readonly unknown[]): unknown => {
  const text = encodeColumns(records);
  return text === undefined ? undefined : decodeColumns(text);
};

test('records of any shape come back equal, or are refused', () => {
  const value = fc.anything({
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
    withSparseArray: true,
  });
  fc.assert(
    fc.property(fc.array(fc.oneof(value, fc.dictionary(fc.string(), value))), (records) => {
      const back = roundTrip(records);
      if (back !== undefined) expect(back).toStrictEqual(records);
    }),
    { numRuns: 2_000 },
  );
});

test('JSON values are never refused', () => {
  fc.assert(
    fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue({ noUnicodeString: false }))), (records) => {
      const clean: unknown[] = JSON.parse(JSON.stringify(records).replaceAll('-0', '0'));
      fc.pre(!JSON.stringify(clean).includes('__proto__') && !JSON.stringify(clean).includes('toJSON'));
      expect(roundTrip(clean)).toStrictEqual(clean);
    }),
  );
});

test('a missing field, an undefined one, dates, growing numbers and words', () => {
  const records = [
    { at: 1_700_000_000_000, url: '/a', seen: new Date(5), note: undefined },
    { at: 1_700_000_000_123, url: '/a', seen: new Date(9) },
    { at: -7, url: '/a', seen: new Date(1), extra: { deep: [1, null, 'x'] } },
  ];
  expect(roundTrip(records)).toStrictEqual(records);
});

test.each([
  [[{ n: Number.NaN }]],
  [[{ n: -0 }]],
  [[{ m: new Map() }]],
  [[{ deep: { u: undefined } }]],
  [[1n]],
  [[{ f: () => 1 }]],
  [[new Date(Number.NaN)]],
  // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested
  [[{ holes: [1, , 2] }]],
])('%o is refused', (records) => {
  expect(encodeColumns(records)).toBeUndefined();
});

test('a cycle is refused', () => {
  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  expect(encodeColumns([{ cycle }])).toBeUndefined();
});

test('repeated records take little room', () => {
  const records = Array.from({ length: 1_000 }, (_, n) => ({
    time: 1_700_000_000_000 + 7 * n,
    url: '/same',
    status: 200,
  }));
  expect(encodeColumns(records)?.length ?? Number.NaN).toBeLessThan(JSON.stringify(records).length / 5);
});
