import { describe, expect, test } from 'vitest';
import { KeyError, stableKey } from '../../src/core/stable-key.js';
import { fc } from '../support/properties.js';

/** Equal in structure, the slow and obvious way: what the keys must say. */
function same(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  const [typeA, typeB] = [a, b].map((value) => Object.prototype.toString.call(value));
  if (typeA !== typeB) return false;
  if (a instanceof Map && b instanceof Map) return sameMembers([...a], [...b]);
  if (a instanceof Set && b instanceof Set) return sameMembers([...a], [...b]);
  if (a instanceof Date && b instanceof Date) return Object.is(a.getTime(), b.getTime());
  if (a instanceof RegExp && b instanceof RegExp) return String(a) === String(b) && a.lastIndex === b.lastIndex;
  if (ArrayBuffer.isView(a) && ArrayBuffer.isView(b)) return same([...bytesOf(a)], [...bytesOf(b)]);
  if (Array.isArray(a) && Array.isArray(b) && a.length !== b.length) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && same(Reflect.get(a, key), Reflect.get(b, key)));
}

const bytesOf = (view: ArrayBufferView) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

function sameMembers(a: readonly unknown[], b: readonly unknown[]): boolean {
  const left = [...b];
  return (
    a.length === b.length &&
    a.every((item) => {
      const at = left.findIndex((other) => same(item, other));
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    })
  );
}

/** An array with holes everywhere but at one index. */
function holes(length: number, except?: number): unknown[] {
  const array: unknown[] = new Array(length);
  if (except !== undefined) array[except] = 1;
  return array;
}

/** Few different leaves, so that equal ones come up often, and texts that look like keys. */
const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    0,
    -0,
    1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '1',
    '',
    's1:1',
    'n1,n1',
    '"',
    '[]',
    ']',
    'h',
  ),
  fc.constantFrom<unknown>(true, false, null, undefined, 1n, -1n, Symbol.for('a'), Symbol.for('b')),
  fc.constantFrom<unknown>(new Date(0), new Date(1), new Date(Number.NaN), /a/, /a/g, /b/),
  fc.constantFrom<unknown>(new Uint8Array([1]), new Int8Array([1]), new Uint8Array([]), new Float64Array([-0])),
  fc.string({ maxLength: 3 }),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 's1', '__proto__'), tie('value'), { maxKeys: 3 }),
    fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 2 }).map((entries) => new Map(entries)),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => new Set(items)),
    fc.constantFrom(holes(2), holes(2, 1), holes(2, 0)),
  ),
}));
const args = fc.array(value, { maxLength: 3 });

describe('keys are equal if and only if arguments are', () => {
  test('of any two', () => {
    fc.assert(
      fc.property(args, args, (a, b) => (stableKey(a) === stableKey(b)) === same(a, b)),
      { numRuns: 2_000 },
    );
  });

  test('of copies, with fields and members in another order', () => {
    fc.assert(fc.property(args, (a) => stableKey(a) === stableKey(a.map(reversed))));
  });

  test('of all leaves', () => {
    fc.assert(
      fc.property(leaf, leaf, (a, b) => (stableKey([a]) === stableKey([b])) === same(a, b)),
      { numRuns: 2_000 },
    );
  });
});

/** The same data, put together backwards. */
function reversed(given: unknown): unknown {
  if (given instanceof Map) return new Map([...given].reverse().map(([k, v]) => [reversed(k), reversed(v)]));
  if (given instanceof Set) return new Set([...given].reverse().map(reversed));
  if (Array.isArray(given)) {
    const copy: unknown[] = new Array(given.length);
    for (let at = given.length - 1; at >= 0; at--) if (at in given) copy[at] = reversed(given[at]);
    return copy;
  }
  if (typeof given !== 'object' || given === null || Object.getPrototypeOf(given) !== Object.prototype) return given;
  return Object.fromEntries(
    Object.entries(given)
      .reverse()
      .map(([k, v]) => [k, reversed(v)]),
  );
}

test('some that are easily mixed up', () => {
  const different: unknown[][] = [
    [],
    [undefined],
    [null],
    [undefined, undefined],
    [{}],
    [{ a: undefined }],
    [{ a: null }],
    [[]],
    [[undefined]],
    [holes(1)],
    [0],
    [-0],
    ['0'],
    [0n],
    [Number.NaN],
    ['NaN'],
    ['n1'],
    [1],
    ['a', 'b'],
    ['a,b'],
    ['s1:a,s1:b'],
    [['a', 'b']],
    [new Map()],
    [new Set()],
    [new Map([['a', 1]])],
    [{ a: 1 }],
    [new Date(1)],
    [new ArrayBuffer(1)],
    [new Uint8Array(1)],
    [new DataView(new ArrayBuffer(1))],
    [new URL('https://example.org/')],
    ['https://example.org/'],
    [{ [Symbol.for('a')]: 1 }],
    [true],
    ['true'],
  ];
  expect(new Set(different.map(stableKey)).size).toBe(different.length);
});

test('an object without a prototype, and one from another frame, are plain', () => {
  const frame = document.body.appendChild(document.createElement('iframe'));
  const foreign: unknown = frame.contentWindow && Reflect.get(frame.contentWindow, 'JSON').parse('{"a":1}');
  frame.remove();
  expect(stableKey([Object.assign(Object.create(null), { a: 1 })])).toBe(stableKey([{ a: 1 }]));
  expect(stableKey([foreign])).toBe(stableKey([{ a: 1 }]));
});

class Point {
  x = 1;
}
class OddMap extends Map<string, string> {}
const cycle: Record<string, unknown> = {};
cycle['self'] = { deep: [cycle] };
let nested: unknown = 1;
for (let depth = 0; depth < 100_000; depth++) nested = [nested];

test.each<[string, unknown, string]>([
  ['a function', { onDone: () => 1 }, 'args[1].onDone'],
  ['a class instance', [new Point()], 'args[1][0]'],
  ['a subclass', new OddMap(), 'args[1]'],
  ['a symbol of its own', Symbol('a'), 'args[1]'],
  ['a promise', Promise.resolve(), 'args[1]'],
  ['an error', new Error('a'), 'args[1]'],
  ['a weak map', new WeakMap(), 'args[1]'],
  ['an element', document.body, 'args[1]'],
  ['an array with fields', /a/.exec('a'), 'args[1]'],
])('%s is refused, by name', (_what, bad, path) => {
  const call = () => stableKey([0, bad]);
  expect(call).toThrow(KeyError);
  expect(call).toThrow(expect.objectContaining({ code: 'POISE_KEY', path, message: expect.stringMatching(/`key`/) }));
});

test('cycles and endless nesting are refused', () => {
  expect(() => stableKey([cycle])).toThrow(/args\[0\]\.self\.deep\[0\] contains itself/);
  expect(() => stableKey([nested])).toThrow(/deeper than 500/);
  const shared = { a: 1 };
  expect(stableKey([shared, [shared]])).toBe(stableKey([{ a: 1 }, [{ a: 1 }]]));
});
