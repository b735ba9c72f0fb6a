import { expect, test } from 'vitest';
import { unzigzag, VarintReader, VarintWriter, zigzag } from '../../../src/workers/codec/varints.js';
import { guessPlaces, placesFrom } from '../../../src/workers/codec/word-places.js';
import { fc } from '../../support/properties.js';

test('whole numbers of either sign come back equal', () => {
  const number = fc.integer({ min: -(2 ** 51), max: 2 ** 51 });
  fc.assert(
    fc.property(fc.array(number, { maxLength: 3_000 }), (numbers) => {
      const writer = new VarintWriter();
      for (const n of numbers) writer.write(zigzag(n));
      const reader = new VarintReader(writer.finish());
      expect(numbers.map(() => unzigzag(reader.read()))).toEqual(numbers);
      expect(() => reader.read()).toThrow(RangeError);
    }),
    { numRuns: 50 },
  );
});

/** Numbers by the order in which they first come. */
function inOrder(values: readonly number[]): number[] {
  const seen = [...new Set(values)];
  return values.map((value) => seen.indexOf(value));
}

test('words come back by any partner, and by none', () => {
  const row = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 5 }));
  fc.assert(
    fc.property(fc.array(row, { maxLength: 200 }), (rows) => {
      const at = inOrder(rows.map(([word]) => word));
      for (const by of [rows.map(([, partner]) => partner), undefined]) {
        const { guesses, others } = guessPlaces(at, by);
        expect(placesFrom(guesses, others, by)).toEqual(at);
      }
    }),
  );
});

test('a partner that tells the word makes every guess right but the first', () => {
  const at = inOrder([5, 7, 5, 7, 9, 5, 9]);
  expect(guessPlaces(at, at).right).toBe(4);
  expect(guessPlaces(at, undefined).right).toBe(0);
});
