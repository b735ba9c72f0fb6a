import type { Bytes, EpochMs } from '../core/units.js';
import type { LogSettings } from './log-config.js';
import type { Rotation } from './rotation.js';
import { type Segment, storedBytesOf, untilOf } from './store/segment.js';

const bytesOf = (segments: readonly Segment[]): Bytes =>
  segments.reduce((sum, segment) => sum + storedBytesOf(segment), 0);

/**
 * The sealed segments as the files that `maxFiles` counts, the oldest first: each by itself, but what pages left half full
 * together, up to what makes one full. A user who goes from page to page would push out the whole log otherwise.
 */
function filesOf(segments: readonly Segment[], rotation: Rotation): Segment[][] {
  const files: Segment[][] = [];
  for (const segment of segments) {
    if (!segment.sealed) continue;
    const file = files.at(-1);
    const [first] = file ?? [];
    if (file && first?.left && segment.left) {
      const together = { ...first, packs: file.flatMap(({ packs }) => packs) };
      if (!rotation.isFull(together, segment.openedAt)) {
        file.push(segment);
        continue;
      }
    }
    files.push([segment]);
  }
  return files;
}

/** The sealed segments that have to go, by number, age and bytes; the oldest first. */
export function surplusOf(
  segments: readonly Segment[],
  { maxFiles, retention }: Pick<LogSettings, 'maxFiles' | 'retention'>,
  rotation: Rotation,
  now: EpochMs,
): Segment[] {
  const { maxAgeMs = Number.POSITIVE_INFINITY, maxBytes = Number.POSITIVE_INFINITY } = retention;
  const files = filesOf(segments, rotation);
  let bytes = bytesOf(segments);
  let left = files.length;
  return files
    .filter((file) => {
      const until = Math.max(...file.map(untilOf));
      if (left <= maxFiles && bytes <= maxBytes && now - until <= maxAgeMs) return false;
      left--;
      bytes -= bytesOf(file);
      return true;
    })
    .flat();
}

/** Segments that make room for `bytes` and as much again, when the disk is full; the open ones stay. */
export function oldestUpTo(segments: readonly Segment[], bytes: Bytes): Segment[] {
  let freed = 0;
  return segments.filter((segment) => {
    if (!segment.sealed || freed >= bytes) return false;
    freed += storedBytesOf(segment);
    return true;
  });
}
