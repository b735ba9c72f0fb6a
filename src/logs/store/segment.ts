import type { Bytes, EpochMs } from '../../core/units.js';
import type { RecordPack } from '../../workers/poise-tasks.js';

/** Entries that are written together, by column, and the time of each. */
export type Pack = RecordPack;

/** A pack that can be read from, row by row. */
export interface OpenPack<Entry> {
  readonly times: Float64Array<ArrayBuffer>;
  readonly entryAt: (row: number) => Entry | undefined;
}

/** A pack of a sealed segment: records and times by column, squeezed and gzipped. */
export interface CompressedPack {
  readonly gzip: Uint8Array<ArrayBuffer>;
}

/** What is known of a pack without reading it. */
export interface PackInfo {
  readonly count: number;
  /** Before compression. */
  readonly bytes: Bytes;
  readonly since: EpochMs;
  readonly until: EpochMs;
}

/** A run of packs: the seed's "file", the unit of rotation, compression and retention. Kept apart from its entries. */
export interface Segment {
  /** Sorts by the time of opening. */
  readonly id: string;
  /** The LogRotator that writes it. */
  readonly writer: string;
  readonly openedAt: EpochMs;
  readonly writtenAt: EpochMs;
  readonly sealed: boolean;
  /** Its page went before it was full: what several pages leave counts as one, and the next page may go on with it. */
  readonly left?: boolean;
  readonly packs: readonly PackInfo[];
  /** Set once it is sealed and compressed; its packs are others then, and larger. */
  readonly compressedBytes: Bytes | undefined;
}

const sum = (packs: readonly PackInfo[], pick: (pack: PackInfo) => number): number =>
  packs.reduce((total, pack) => total + pick(pack), 0);

export const countOf = ({ packs }: Segment): number => sum(packs, ({ count }) => count);
export const rawBytesOf = ({ packs }: Segment): Bytes => sum(packs, ({ bytes }) => bytes);
export const storedBytesOf = (segment: Segment): Bytes => segment.compressedBytes ?? rawBytesOf(segment);
/** The time of its newest entry; of its last write, where it has none. */
export const untilOf = ({ packs, writtenAt }: Segment): EpochMs =>
  packs.length === 0 ? writtenAt : Math.max(...packs.map(({ until }) => until));
