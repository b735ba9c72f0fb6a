import { expect, test } from 'vitest';
import { rowsOf } from '../../../src/workers/codec/record-table.js';
import { expandTable, isSqueezedTable, squeezeTable } from '../../../src/workers/codec/squeezed-table.js';
import { tableOf } from '../../../src/workers/codec/table-maker.js';
import { fc } from '../../support/properties.js';

function roundTrip(records: readonly unknown[], times = records.map((_, n) => n)): unknown {
  const bytes = squeezeTable({ table: tableOf(records), times: Float64Array.from(times) });
  if (!bytes) return undefined;
  expect(isSqueezedTable(bytes)).toBe(true);
  const back = expandTable(bytes);
  expect([...back.times]).toEqual(times);
  return rowsOf(back.table);
}

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
    { numRuns: 700 },
  );
});

test('records of one shape, whose fields go together or not, come back equal', () => {
  const word = fc.constantFrom<unknown>('a', 'b', 'c', undefined, null, true, 1.5, 0, 7);
  const record = fc.record({
    time: fc.integer(),
    date: fc.oneof(fc.date({ noInvalidDate: true }), fc.constant(undefined)),
    one: word,
    other: word,
    size: fc.oneof(
      fc.maxSafeInteger(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
    ),
  });
  fc.assert(
    fc.property(fc.array(record, { maxLength: 60 }), (records) => {
      const clean = records.map((one) => ({ ...one, size: Object.is(one.size, -0) ? 0 : one.size }));
      expect(
        roundTrip(
          clean,
          clean.map(({ time }) => time),
        ),
      ).toStrictEqual(clean);
    }),
    { numRuns: 300 },
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
  expect(roundTrip(records)).toBeUndefined();
});

test('a cycle is refused', () => {
  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  expect(roundTrip([{ cycle }])).toBeUndefined();
});

test('fields that go together take little room', () => {
  const agents = Array.from({ length: 50 }, (_, n) => `agent ${n * 7_919}`);
  const records = Array.from({ length: 1_000 }, (_, n) => {
    const client = (n * n) % 50;
    return { time: 1_700_000_000_000 + 7 * n, client: `10.0.0.${client}`, agent: agents[client], status: 200 };
  });
  const bytes = squeezeTable({ table: tableOf(records), times: Float64Array.from(records, ({ time }) => time) });
  expect(bytes?.length ?? Number.NaN).toBeLessThan(JSON.stringify(records).length / 12);
  expect(roundTrip(records)).toEqual(records);
});

test.each([
  ['no bytes', new Uint8Array(0)],
  ['a head that ends too early', Uint8Array.of(2, 0, 0, 0, 90, 123)],
])('%s are no table', (_what, bytes) => {
  expect(() => expandTable(bytes)).toThrow();
});
