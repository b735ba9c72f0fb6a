import { describe, expect, it } from 'vitest';
import { ScrollSpace } from '../../../src/overlay/virtual-list/scroll-space.js';
import { fc } from '../../support/properties.js';

const VIEW = 600;

function spaceOf(total: number): ScrollSpace {
  const space = new ScrollSpace();
  space.resize(total, VIEW);
  return space;
}

describe('ScrollSpace', () => {
  it('is the browser’s own scrolling where all rows fit', () => {
    const space = spaceOf(100_000);
    expect(space.height).toBe(100_000);
    space.moved(40_000);
    expect(space.offset).toBe(40_000);
    expect(space.place(41_000)).toBe(41_000);
    expect(space.go(99_999_999)).toBe(99_400);
  });

  it('moves the rows pixel by pixel under the wheel, and in proportion under the scroll bar', () => {
    const space = spaceOf(80_000_000);
    expect(space.height).toBe(8_000_000);
    const top = space.go(40_000_000);
    space.moved(top + 100);
    expect(space.offset).toBeCloseTo(40_000_100, 6);
    space.moved((8_000_000 - VIEW) / 4);
    expect(space.offset).toBeCloseTo((80_000_000 - VIEW) / 4, 3);
  });

  it('reaches both ends, and only there its own ends', () => {
    const space = spaceOf(80_000_000);
    expect(space.go(Number.POSITIVE_INFINITY)).toBe(8_000_000 - VIEW);
    expect(space.offset).toBe(80_000_000 - VIEW);
    expect(space.go(-1)).toBe(0);
    expect(space.go(1)).toBeGreaterThan(0);
    expect(space.go(80_000_000 - VIEW - 1)).toBeLessThan(8_000_000 - VIEW);
  });

  it('says when near scrolls have come to an end of the bar that is none of the rows', () => {
    const space = spaceOf(80_000_000);
    let top = space.go(5_000);
    while (top > 0) {
      top = Math.max(0, top - 100);
      space.moved(top);
    }
    expect(space.offset).toBeGreaterThan(0);
    expect(space.isStuck).toBe(true);
    expect(space.go(space.offset)).toBeGreaterThan(0);
    expect(space.isStuck).toBe(false);
  });

  it('never leaves the rows, and places what is in view where the browser is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200_000_000 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }),
        (total, moves) => {
          const space = spaceOf(total);
          for (const move of moves) {
            const top = move * Math.max(0, space.height - VIEW);
            space.moved(top);
            expect(space.offset).toBeGreaterThanOrEqual(0);
            expect(space.offset).toBeLessThanOrEqual(space.maxOffset + 1e-6);
            expect(space.place(space.offset)).toBeCloseTo(top, 6);
          }
        },
      ),
    );
  });
});
