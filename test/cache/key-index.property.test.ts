import { expect, it } from 'vitest';
import { GONE, type Gone, NONE } from '../../src/cache/slots.js';
import { KeyIndex } from '../../src/cache/table/key-index.js';
import { fc } from '../support/properties.js';

const SAME = { id: 1 };

/** Keys of every kind, few of each, so that they meet again; those of the middle group have one hash. */
const keys: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: fc.nat(60).map((n) => `GET /api/items/${n}`), weight: 8 },
  { arbitrary: fc.nat(40).map((n) => `${String(n).padStart(3, '0')}/profile`), weight: 3 },
  { arbitrary: fc.integer({ min: -20, max: 20 }), weight: 3 },
  { arbitrary: fc.string({ maxLength: 6 }), weight: 1 },
  { arbitrary: fc.constantFrom(0.5, 1.5, -0, Number.NaN, 2 ** 40, true, undefined, null, SAME, 7n), weight: 1 },
);
const KINDS = {
  'strings with good hashes': fc.nat(60).map((n) => `GET /api/items/${n}`),
  'keys of every kind': keys,
} as const;

type Step = 'find' | 'miss' | 'add' | 'add what was missed' | 'delete' | 'clear';
const step = fc.oneof(
  { arbitrary: fc.constant<Step>('find'), weight: 80 },
  { arbitrary: fc.constant<Step>('miss'), weight: 80 },
  { arbitrary: fc.constant<Step>('add'), weight: 60 },
  { arbitrary: fc.constant<Step>('add what was missed'), weight: 60 },
  { arbitrary: fc.constant<Step>('delete'), weight: 80 },
  { arbitrary: fc.constant<Step>('clear'), weight: 1 },
);

/** An index beside the Map that it stands for. */
class Pair {
  readonly keys: (unknown | Gone)[] = [GONE];
  readonly index = new KeyIndex<unknown>(this.keys);
  readonly map = new Map<unknown, number>();
  #free: number[] = [];

  find(key: unknown): void {
    expect(this.index.find(key)).toBe(this.map.get(key) ?? NONE);
  }

  /** A key without a value, as one that is only remembered. */
  miss(key: unknown): void {
    this.find(key);
    this.index.miss(key, this.map.get(key) ?? NONE);
    expect(this.index.findMissed(key)).toBe(this.map.get(key) ?? NONE);
  }

  add(key: unknown): void {
    expect(this.index.findMissed(key)).toBe(this.map.get(key) ?? NONE);
    if (this.map.has(key)) return;
    const slot = this.#free.pop() ?? this.keys.length;
    this.keys[slot] = key;
    this.index.add(key, slot);
    this.map.set(key, slot);
  }

  delete(key: unknown): void {
    const slot = this.map.get(key);
    if (slot === undefined) return;
    this.index.delete(key, slot);
    this.map.delete(key);
    this.keys[slot] = GONE;
    this.#free.push(slot);
  }

  clear(): void {
    this.index.clear();
    this.map.clear();
    this.keys.length = 1;
    this.#free = [];
  }

  compare(): void {
    for (const [key, slot] of this.map) expect(this.index.find(key)).toBe(slot);
  }
}

for (const [kind, key] of Object.entries(KINDS)) {
  it(`finds what a Map finds: ${kind}`, () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(step, key), { maxLength: 600 }), (steps) => {
        const pair = new Pair();
        let missed: unknown;
        for (const [kind, key] of steps) {
          if (kind === 'find') pair.find(key);
          else if (kind === 'miss') {
            pair.miss(key);
            missed = key;
          } else if (kind === 'add') pair.add(key);
          else if (kind === 'add what was missed') pair.add(missed);
          else if (kind === 'delete') pair.delete(key);
          else pair.clear();
        }
        pair.compare();
      }),
      { numRuns: 300 },
    );
  });
}

/** Adds keys and takes out those that were added `size` before. */
function turnOver(pair: Pair, keyAt: (n: number) => unknown, size: number, from: number, to: number): void {
  for (let n = from; n < to; n++) {
    pair.miss(keyAt(n));
    pair.add(keyAt(n));
    pair.find(keyAt(n - size / 2));
    pair.delete(keyAt(n - size));
  }
}

it('finds what a Map finds when it becomes one and turns back, many keys at a time', () => {
  const pair = new Pair();
  const keyAt = (n: number) => `GET /api/items/${n}`;
  for (let round = 0; round < 3; round++) {
    turnOver(pair, keyAt, 2_000, 20_000 * round, 20_000 * (round + 1));
    for (let pass = 0; pass < 40; pass++) pair.compare();
  }
  expect(pair.map.size).toBe(2_000);
});

it('finds keys that all have the same hash', () => {
  const pair = new Pair();
  const keyAt = (n: number) => `${String(n).padStart(6, '0')}/profile/settings`;
  turnOver(pair, keyAt, 100, 0, 10_000);
  pair.compare();
  expect(pair.map.size).toBe(100);
});

it('grows past the largest table', () => {
  const pair = new Pair();
  for (let n = 0; n < 70_000; n++) pair.add(n);
  pair.compare();
  pair.find('absent');
});
