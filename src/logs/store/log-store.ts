import type { CompressedPack, Pack, Segment } from './segment.js';

/** Segments, and one pack as it is kept; undefined where it is not there. */
export interface SegmentsAndPack {
  readonly segments: Segment[];
  readonly kept: unknown;
}

/** Where a log's segments are: IndexedDB, or memory where there is none. Methods reject with StorageError. */
export interface LogStore {
  readonly persistent: boolean;
  /**
   * Adds packs to a segment, and its new record, all or nothing.
   * @param before how many packs the segment had
   * @returns false, and nothing is written, when another tab has sealed, taken or removed the segment meanwhile
   */
  append(segment: Segment, before: number, packs: readonly Pack[]): Promise<boolean>;
  /** Adds a new segment with its packs, in one go that needs no answer: the page may be gone before it comes. */
  appendLast(segment: Segment, packs: readonly Pack[]): Promise<void>;
  /** Changes a segment's record if it is still as `expected`. @returns whether it was */
  update(expected: Segment, changed: Segment): Promise<boolean>;
  /** Puts compressed packs in the place of a sealed segment's own. @returns false when it is gone or done meanwhile */
  compress(compressed: Segment, packs: readonly CompressedPack[]): Promise<boolean>;
  /** All segments, by the time of opening; reads no entries. */
  segments(): Promise<Segment[]>;
  /** All segments, and a pack that will most likely be asked for next: both in one look. */
  segmentsAnd(segment: Segment, index: number): Promise<SegmentsAndPack>;
  /** One pack as it is kept, unchecked; undefined when it is not there (any more). */
  loadPack(segment: Segment, index: number): Promise<unknown>;
  remove(segments: readonly string[]): Promise<void>;
  clear(): Promise<void>;
  close(): void;
}
