import { expect, test } from 'vitest';
import { isRecordTable, rowAt, rowsOf } from '../../../src/workers/codec/record-table.js';
import { tableOf, tableUpTo } from '../../../src/workers/codec/table-maker.js';
import { fc } from '../../support/properties.js';

const roundTrip = (rows: readonly unknown[]): unknown[] => {
  const table = structuredClone(tableOf(rows));
  expect(isRecordTable(table)).toBe(true);
  return rowsOf(table);
};

test('rows of any shape come back equal', () => {
  const value = fc.anything({ withDate: true, withMap: true, withSet: true, withBigInt: true });
  const row = fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__', ''), value);
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 9, arbitrary: row }, value)), (rows) => {
      // What cloning itself does to a value is no matter of ours.
      const cloned = structuredClone(rows);
      expect(roundTrip(cloned)).toStrictEqual(cloned);
    }),
    { numRuns: 300 },
  );
});

test('rows of one shape come back equal, whatever their values', () => {
  const value = fc.oneof(
    fc.constantFrom<unknown>(0, -0, Number.NaN, 1, 2 ** 31, 0.5, undefined, null, true, '', 'a', 'b', 1n),
    fc.string({ minLength: 250, maxLength: 260 }),
  );
  fc.assert(
    fc.property(fc.array(fc.record({ a: value, b: value }), { maxLength: 600 }), (rows) => {
      const cloned = structuredClone(rows);
      expect(roundTrip(cloned)).toStrictEqual(cloned);
    }),
    { numRuns: 40 },
  );
});

test('keys keep their order, and fields that are undefined or missing stay so', () => {
  const rows = [{ a: 1, b: 2 }, { b: 2, a: 1 }, { a: undefined }, {}, 'text', { a: 3, b: 4 }];
  const back = roundTrip(rows);
  expect(back).toStrictEqual(rows);
  expect(back.map((row) => Object.keys(Object(row)).join())).toEqual(['a,b', 'b,a', 'a', '', '0,1,2,3', 'a,b']);
});

test('words that come again are there once; numbers lie side by side', () => {
  const rows = Array.from({ length: 4 }, (_, n) => ({ n, half: n / 2, url: n < 3 ? '/a' : '/b' }));
  expect(tableOf(rows)).toEqual({
    count: 4,
    keys: ['n', 'half', 'url'],
    columns: [
      Int32Array.of(0, 1, 2, 3),
      Float64Array.of(0, 0.5, 1, 1.5),
      { words: ['/a', '/b'], at: Uint16Array.of(0, 0, 0, 1) },
    ],
    shapes: [[0, 1, 2]],
  });
});

test('values that are all different are not looked up for ever', () => {
  const rows = Array.from({ length: 1_000 }, (_, n) => ({ id: `id-${n}` }));
  expect(roundTrip(rows)).toEqual(rows);
  expect(tableOf(rows).columns).toEqual([{ words: rows.map(({ id }) => id) }]);
});

test('single rows can be read', () => {
  const table = tableOf([{ a: 1 }, { b: 'x' }, 7]);
  expect([2, 1, 0].map((row) => rowAt(table, row))).toEqual([7, { b: 'x' }, { a: 1 }]);
});

test('one row does not share objects with another', () => {
  const shared = { deep: 1 };
  const [one, other] = rowsOf(tableOf([{ shared }, { shared: { ...shared } }]));
  expect(Object(one).shared).not.toBe(Object(other).shared);
});

test('a getter that throws is told of', () => {
  const bad = {
    get a(): number {
      throw new Error('no');
    },
  };
  expect(() => tableOf([{ a: 1 }, bad])).toThrow('no');
  expect(() => tableOf([{ b: 1 }, bad])).toThrow('no');
});

test.each([
  [undefined],
  [null],
  [{}],
  [{ count: 1, keys: ['a'], columns: [], shapes: [] }],
  [{ count: 1, keys: ['a'], columns: [7], shapes: [] }],
])('%o is no table', (value) => {
  expect(isRecordTable(value)).toBe(false);
});

test.each([
  ['one shape', (n: number) => ({ n, text: 'x'.repeat(92) })],
  ['several', (n: number) => (n % 2 ? { text: 'x'.repeat(92) } : { n, text: 'x'.repeat(80) })],
])('rows of %s are taken until they reach a size, at least one', (_, make) => {
  const rows = Array.from({ length: 100 }, (_, n) => make(n));
  const { table, bytes } = tableUpTo(rows, 1_000);
  expect(bytes).toBeGreaterThanOrEqual(1_000);
  expect(bytes).toBeLessThan(1_200);
  expect(table.count).toBeLessThan(20);
  expect(rowsOf(structuredClone(table))).toEqual(rows.slice(0, table.count));
  expect(tableUpTo(rows, 1).table.count).toBe(1);
  expect(tableUpTo(rows, Number.POSITIVE_INFINITY).table.count).toBe(100);
});
