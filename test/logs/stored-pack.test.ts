import { expect, test } from 'vitest';
import { fromStored, toStored } from '../../src/logs/store/stored-pack.js';
import { tableOf } from '../../src/workers/codec/table-maker.js';
import { fc } from '../support/properties.js';

const words = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constant(undefined), fc.constant('\uD800'));
const rows = fc.array(fc.record({ timestamp: fc.nat(), host: words, url: fc.string({ maxLength: 400 }) }), {
  minLength: 1,
  maxLength: 60,
});

test('a pack comes back from its stored form as it was, through a clone', () => {
  fc.assert(
    fc.property(rows, (entries) => {
      const table = tableOf(entries);
      const times = Float64Array.from(entries, ({ timestamp }) => timestamp);
      expect(fromStored(structuredClone(toStored({ table, times })))).toEqual({ table, times });
    }),
  );
});

test('words become one text where there are many and short ones', () => {
  const make = (count: number, length: number) => {
    const entries = Array.from({ length: count }, (_, n) => ({ word: `${n}`.padEnd(length, '-') }));
    const times = Float64Array.from(entries.keys());
    const stored = toStored({ table: tableOf(entries), times });
    return 'table' in stored ? stored.table.columns[0] : undefined;
  };
  expect(make(100, 20)).toMatchObject({ text: expect.any(String), ends: expect.any(Uint32Array) });
  expect(make(4, 20)).toHaveProperty('words');
  expect(make(100, 1_000)).toHaveProperty('words');
});

test('times that a column holds are stored once', () => {
  const entries = Array.from({ length: 10 }, (_, n) => ({ time: 1_700_000_000_000 + n, n }));
  const pack = { table: tableOf(entries), times: Float64Array.from(entries, ({ time }) => time) };
  const stored = structuredClone(toStored(pack));
  expect('table' in stored && stored.table.columns[0] === stored.times).toBe(true);
});
