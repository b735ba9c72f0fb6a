import { expect, test } from 'vitest';
import { resolveLogConfig } from '../../src/logs/log-config.js';
import { surplusOf } from '../../src/logs/retention.js';
import { Rotation } from '../../src/logs/rotation.js';
import type { Segment } from '../../src/logs/store/segment.js';

const settings = resolveLogConfig({ maxCount: 100, maxFiles: 2 });
const rotation = new Rotation(settings);

let made = 0;
const segment = (count: number, more: Partial<Segment> = {}): Segment => {
  const at = 1_000 * ++made;
  const packs = [{ count, bytes: 10 * count, since: at, until: at }];
  return {
    id: `s${made}`,
    writer: 'w',
    openedAt: at,
    writtenAt: at,
    sealed: true,
    packs,
    compressedBytes: undefined,
    ...more,
  };
};
const surplus = (segments: readonly Segment[]) => surplusOf(segments, settings, rotation, 1_000_000);

test('the oldest of more than maxFiles go', () => {
  const [one, two, three] = [segment(100), segment(100), segment(100)];
  expect(surplus([one, two, three])).toEqual([one]);
  expect(surplus([one, two])).toEqual([]);
});

test('what pages left half full counts as one file until it makes a full one', () => {
  const full = segment(100);
  const left = Array.from({ length: 10 }, () => segment(10, { left: true }));
  expect(surplus([full, ...left])).toEqual([]);
  expect(surplus([full, ...left, segment(10, { left: true })])).toEqual([full]);
  expect(surplus([full, ...left, segment(100), segment(100)])).toEqual([full, ...left]);
});

test('few entries that were rotated on purpose are a file', () => {
  const [one, two, three] = [segment(1), segment(1), segment(1)];
  expect(surplus([one, two, three])).toEqual([one]);
});

test('open segments stay, whatever is in them', () => {
  const open = Array.from({ length: 5 }, () => segment(100, { sealed: false }));
  expect(surplus(open)).toEqual([]);
});
