import type { Bytes, EpochMs } from '../core/units.js';
import type { LogSettings } from './log-config.js';
import { type Segment, storedBytesOf, untilOf } from './store/segment.js';

/** The sealed segments that have to go, by number, age and bytes; the oldest first. */
export function surplusOf(
  segments: readonly Segment[],
  { maxFiles, retention }: Pick<LogSettings, 'maxFiles' | 'retention'>,
  now: EpochMs,
): Segment[] {
  const { maxAgeMs = Number.POSITIVE_INFINITY, maxBytes = Number.POSITIVE_INFINITY } = retention;
  const sealed = segments.filter((segment) => segment.sealed);
  let bytes = segments.reduce((sum, segment) => sum + storedBytesOf(segment), 0);
  let files = sealed.length;
  return sealed.filter((segment) => {
    if (files <= maxFiles && bytes <= maxBytes && now - untilOf(segment) <= maxAgeMs) return false;
    files--;
    bytes -= storedBytesOf(segment);
    return true;
  });
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
