import type { Bytes, EpochMs } from '../../core/units.js';

/** A pack is full with this many entries, or when its values have this many bytes. */
export const PACK_ENTRIES = 100;
export const PACK_BYTES: Bytes = 64_000;

/** What JSON and Map keys tell apart in the same way now and after a reload. */
export type DiskKey = string | number | bigint | boolean;

export const isDiskKey = (key: unknown): key is DiskKey =>
  ['string', 'number', 'bigint', 'boolean'].includes(typeof key);

/** The form of the records; those of another form are left alone until their space is needed. */
export const FORMAT = 1;

/**
 * What is known of a pack without loading it, and what its transaction removed. The heads in order of `seq` are the
 * cache's log: whoever applies them from the first to the last knows what is there. In each, what is removed goes first.
 */
export interface Head {
  readonly format: typeof FORMAT;
  /** Larger than that of any head before, in any tab. */
  readonly seq: number;
  /** Packs before this one are no longer there. */
  readonly from: number;
  /** The entries of the pack. A slot is an index into these four. */
  readonly keys: readonly DiskKey[];
  readonly expiresAt: readonly EpochMs[];
  readonly bytes: readonly Bytes[];
  readonly tags: readonly (readonly string[] | undefined)[];
  /** Keys that were deleted. */
  readonly deleted: readonly DiskKey[];
  /** Tags whose entries were deleted. */
  readonly deletedTags: readonly string[];
}

/**
 * The values of up to some hundred entries. What JSON carries exactly lies in one text, from which a value is cut and
 * parsed alone; everything else is left to structured cloning.
 */
export interface Pack {
  readonly format: typeof FORMAT;
  readonly text: string | Uint8Array<ArrayBuffer>;
  /** Where the text of each slot ends; it begins where that of the slot before ends. */
  readonly ends: readonly number[];
  /** By slot. */
  readonly cloned: ReadonlyMap<number, unknown>;
}

/** What became of a record since it was written. */
export type RecordState = 'good' | 'outdated' | 'damaged';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function stateOf(record: unknown, isGood: boolean): RecordState {
  if (isGood) return 'good';
  return isObject(record) && 'format' in record && record.format !== FORMAT ? 'outdated' : 'damaged';
}

export function isHead(record: unknown): record is Head {
  if (!isObject(record) || !('format' in record) || record.format !== FORMAT) return false;
  const { keys, expiresAt, bytes, tags, deleted, deletedTags, from }: Partial<Record<keyof Head, unknown>> = record;
  if (!Array.isArray(keys) || !Array.isArray(deleted) || !Array.isArray(deletedTags) || typeof from !== 'number')
    return false;
  return [expiresAt, bytes, tags].every((list) => Array.isArray(list) && list.length === keys.length);
}

export function isPack(record: unknown): record is Pack {
  if (!isObject(record) || !('format' in record) || record.format !== FORMAT) return false;
  const { text, ends, cloned }: Partial<Record<keyof Pack, unknown>> = record;
  if (!Array.isArray(ends) || !(cloned instanceof Map)) return false;
  return text instanceof Uint8Array || (typeof text === 'string' && text.length === (ends.at(-1) ?? 0));
}

export const headState = (record: unknown): RecordState => stateOf(record, isHead(record));
export const packState = (record: unknown): RecordState => stateOf(record, isPack(record));
