import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRowColumns, RowColumnsBuilder, toRows } from '../../../src/workers/codec/row-columns.js';

const roundTrip = (rows: readonly unknown[]): unknown[] => {
  const builder = new RowColumnsBuilder();
  for (const row of rows) builder.add(row);
  const columns = structuredClone(builder.finish());
  expect(isRowColumns(columns)).toBe(true);
  return toRows(columns);
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
    { numRuns: 1_000 },
  );
});

test('keys keep their order, and fields that are undefined or missing stay so', () => {
  const rows = [{ a: 1, b: 2 }, { b: 2, a: 1 }, { a: undefined }, {}, 'text', { a: 3, b: 4 }];
  const back = roundTrip(rows);
  expect(back).toStrictEqual(rows);
  expect(back.map((row) => Object.keys(Object(row)).join())).toEqual(['a,b', 'b,a', 'a', '', '0,1,2,3', 'a,b']);
});

test('rows alike have no kinds', () => {
  const builder = new RowColumnsBuilder();
  for (let n = 0; n < 3; n++) builder.add({ n, url: '/' });
  expect(builder.finish()).toEqual({
    count: 3,
    keys: ['n', 'url'],
    columns: [
      [0, 1, 2],
      ['/', '/', '/'],
    ],
    shapes: [[0, 1]],
    kinds: [],
    whole: [],
  });
});

test('a getter that throws leaves nothing of its row', () => {
  const builder = new RowColumnsBuilder();
  builder.add({ a: 1, b: 2, c: 3 });
  const bad = {
    a: 9,
    get b(): number {
      throw new Error('no');
    },
    c: 9,
  };
  expect(() => builder.add(bad)).toThrow('no');
  builder.add({ a: 4, b: 5, c: 6 });
  expect(toRows(builder.finish())).toEqual([
    { a: 1, b: 2, c: 3 },
    { a: 4, b: 5, c: 6 },
  ]);
});
