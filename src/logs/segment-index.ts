import type { Bytes } from '../core/units.js';
import { countOf, rawBytesOf, type Segment, storedBytesOf, untilOf } from './store/segment.js';

/** What a log holds in all. */
export interface SegmentTotals {
  readonly segments: number;
  readonly entries: number;
  readonly bytesRaw: Bytes;
  readonly bytesStored: Bytes;
  readonly compressionRatio: number | undefined;
}

/** The segments as they were last seen, so that totals cost no reading. Other tabs' changes come with each refresh. */
export class SegmentIndex {
  #segments = new Map<string, Segment>();

  get size(): number {
    return this.#segments.size;
  }

  has(id: string): boolean {
    return this.#segments.has(id);
  }

  set(segment: Segment): void {
    this.#segments.set(segment.id, segment);
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) this.#segments.delete(id);
  }

  refresh(segments: readonly Segment[]): void {
    this.#segments = new Map(segments.map((segment) => [segment.id, segment]));
  }

  /** The segment with the newest entry, as far as is known here. */
  get newest(): Segment | undefined {
    let newest: Segment | undefined;
    for (const segment of this.#segments.values()) {
      if (segment.packs.length > 0 && (!newest || untilOf(segment) >= untilOf(newest))) newest = segment;
    }
    return newest;
  }

  totals(): SegmentTotals {
    let [entries, bytesRaw, bytesStored, squeezed, squeezedTo] = [0, 0, 0, 0, 0];
    for (const segment of this.#segments.values()) {
      const raw = rawBytesOf(segment);
      entries += countOf(segment);
      bytesRaw += raw;
      bytesStored += storedBytesOf(segment);
      if (segment.compressedBytes === undefined) continue;
      squeezed += raw;
      squeezedTo += segment.compressedBytes;
    }
    const compressionRatio = squeezedTo > 0 ? squeezed / squeezedTo : undefined;
    return { segments: this.#segments.size, entries, bytesRaw, bytesStored, compressionRatio };
  }
}
