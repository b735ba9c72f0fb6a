import { describe, expect, it } from 'vitest';
import { MeasuredHeights } from '../../../src/overlay/virtual-list/measured-heights.js';
import { FixedHeights } from '../../../src/overlay/virtual-list/row-heights.js';
import { fc } from '../../support/properties.js';

const ESTIMATE = 20;

/** The slow, obvious way: an array of heights. */
class ArrayHeights {
  heights: number[] = [];

  resize(count: number): void {
    while (this.heights.length < count) this.heights.push(ESTIMATE);
    this.heights.length = count;
  }

  offsetOf(index: number): number {
    return this.heights.slice(0, index).reduce((sum, height) => sum + height, 0);
  }

  indexAt(offset: number): number {
    let top = 0;
    for (const [index, height] of this.heights.entries()) {
      top += height;
      if (offset < top) return index;
    }
    return Math.max(0, this.heights.length - 1);
  }
}

type Step =
  | { readonly do: 'resize'; readonly count: number }
  | { readonly do: 'trim'; readonly rows: number }
  | { readonly do: 'measure'; readonly index: number; readonly height: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('resize' as const), count: fc.nat({ max: 2_000 }) }),
  fc.record({ do: fc.constant('trim' as const), rows: fc.nat({ max: 3_000 }) }),
  fc.record({
    do: fc.constant('measure' as const),
    index: fc.nat({ max: 2_000 }),
    height: fc.integer({ min: 1, max: 300 }),
  }),
);

describe('MeasuredHeights', () => {
  it('is an array of heights, whatever is measured, added and trimmed', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.array(fc.nat({ max: 60_000 })), (steps, offsets) => {
        const tree = new MeasuredHeights(ESTIMATE);
        const plain = new ArrayHeights();
        for (const action of steps) {
          if (action.do === 'resize') {
            tree.resize(action.count);
            plain.resize(action.count);
          } else if (action.do === 'trim') {
            tree.trimStart(action.rows);
            plain.heights.splice(0, action.rows);
          } else if (action.index < plain.heights.length) {
            const change = action.height - (plain.heights[action.index] ?? 0);
            expect(tree.measured(action.index, action.height)).toBeCloseTo(change, 3);
            plain.heights[action.index] = action.height;
          }
        }
        expect(tree.count).toBe(plain.heights.length);
        expect(tree.total).toBeCloseTo(plain.offsetOf(plain.heights.length), 2);
        for (const offset of offsets) expect(tree.indexAt(offset + 0.5)).toBe(plain.indexAt(offset + 0.5));
      }),
      { numRuns: 300 },
    );
  });

  it('keeps its place in a log that drops its oldest rows all day', () => {
    const tree = new MeasuredHeights(ESTIMATE);
    for (let day = 0; day < 300; day++) {
      tree.resize(1_000);
      tree.measured(999, 50);
      tree.trimStart(100);
    }
    expect(tree.count).toBe(900);
    // Of every hundred rows one was measured: nine are left.
    expect(tree.total).toBe(900 * ESTIMATE + 9 * 30);
  });
});

describe('FixedHeights', () => {
  it('answers by arithmetic', () => {
    const rows = new FixedHeights(24);
    rows.resize(1_000_000);
    expect(rows.total).toBe(24_000_000);
    expect(rows.offsetOf(500_000)).toBe(12_000_000);
    expect(rows.indexAt(12_000_001)).toBe(500_000);
    expect(rows.indexAt(-5)).toBe(0);
    expect(rows.indexAt(1e12)).toBe(999_999);
    rows.trimStart(10);
    expect(rows.count).toBe(999_990);
  });
});
