import { isFixed, isRecordTable, rowAt } from '../workers/codec/record-table.js';
import { isRowColumns, toRows } from '../workers/codec/row-columns.js';
import type { LogStore } from './store/log-store.js';
import type { CompressedPack, OpenPack, Pack, Segment } from './store/segment.js';

/** Makes compressed packs plain again. */
export type Unpack = (bytes: Uint8Array<ArrayBuffer>) => Promise<unknown>;

/** Entries are what they were when they were added: no more can be known of them. */
const isOf = <Entry>(pack: OpenPack<unknown>, count: number): pack is OpenPack<Entry> => pack.times.length === count;

const hasTimes = (value: object): value is { readonly times: Float64Array<ArrayBuffer> } =>
  'times' in value && value.times instanceof Float64Array;

const isPack = (value: unknown): value is Pack =>
  typeof value === 'object' &&
  value !== null &&
  hasTimes(value) &&
  (('table' in value && isRecordTable(value.table) && value.table.count === value.times.length) ||
    ('rows' in value && isRowColumns(value.rows) && value.rows.count === value.times.length));

/** A pack that can be read from; undefined where the value is none. */
function open(value: unknown): OpenPack<unknown> | undefined {
  if (isPack(value)) {
    if ('table' in value) {
      const { table, times } = value;
      return { times, entryAt: (row) => rowAt(table, row) };
    }
    const entries = toRows(value.rows);
    return { times: value.times, entryAt: (row) => entries[row] };
  }
  if (typeof value !== 'object' || value === null || !hasTimes(value)) return undefined;
  const { times } = value;
  if (!('entries' in value) || !Array.isArray(value.entries) || value.entries.length !== times.length) return undefined;
  const { entries } = value;
  return { times, entryAt: (row) => entries[row] };
}

const isCompressed = (value: unknown): value is CompressedPack =>
  typeof value === 'object' && value !== null && 'gzip' in value && value.gzip instanceof Uint8Array;

/** A pack as it is kept, and where. */
interface Found {
  readonly id: string;
  readonly index: number;
  readonly kept: unknown;
}

/** Reads packs, and finds those that were compressed while somebody read. What can't be read is told of and skipped. */
export class PackReader<Entry> {
  readonly #store: LogStore;
  readonly #unpack: Unpack;
  readonly #onDamaged: (cause: unknown) => void;

  #ahead: Found | undefined;
  #newest: (Found & { fixed?: boolean }) | undefined;

  constructor(store: LogStore, unpack: Unpack, onDamaged: (cause: unknown) => void) {
    this.#store = store;
    this.#unpack = unpack;
    this.#onDamaged = onDamaged;
  }

  /** Keeps a segment's last pack at hand, which is small: the newest entries are asked for most. */
  remember({ id, packs }: Segment, kept: Pack): void {
    this.#newest = { id, index: packs.length - 1, kept };
  }

  /** Lets go of what is at hand. */
  forget(): void {
    this.#newest = undefined;
  }

  /** All segments; with them the last pack of `next`, which will most likely be asked for first. @throws StorageError */
  async segments(next: Segment | undefined): Promise<Segment[]> {
    if (!next) return await this.#store.segments();
    const index = next.packs.length - 1;
    const newest = this.#newest;
    if (newest?.id === next.id && newest.index === index && this.#isFixed(newest)) {
      const segments = await this.#store.segments();
      // Once compressed its packs are others.
      if (segments.some(({ id, compressedBytes }) => id === next.id && compressedBytes === undefined))
        this.#ahead = newest;
      return segments;
    }
    const { segments, kept } = await this.#store.segmentsAnd(next, index);
    this.#ahead = { id: next.id, index, kept };
    return segments;
  }

  /** A pack that was never written. */
  open(waiting: OpenPack<unknown>): OpenPack<Entry> | undefined {
    return isOf<Entry>(waiting, waiting.times.length) ? waiting : undefined;
  }

  /** A pack as it was written, for who passes it on unread; undefined where it is no such pack. */
  async raw(segment: Segment, index: number): Promise<Pack | undefined> {
    const kept = await this.#load(segment, index);
    return isPack(kept) && kept.times.length === segment.packs[index]?.count ? kept : undefined;
  }

  /** Undefined where it is gone or damaged. */
  async read(segment: Segment, index: number): Promise<OpenPack<Entry> | undefined> {
    const kept = await this.#load(segment, index);
    if (kept !== undefined) return await this.#open(kept, segment, index);
    const now = (await this.#store.segments()).find(({ id }) => id === segment.id);
    // Retention removed it, which is no damage.
    if (!now) return undefined;
    if (now.compressedBytes === undefined || segment.compressedBytes !== undefined) {
      this.#onDamaged(new TypeError(`pack ${index} of ${segment.id} is missing`));
      return undefined;
    }
    const before = segment.packs.slice(0, index).reduce((sum, { count }) => sum + count, 0);
    return await this.#readRows(now, before, segment.packs[index]?.count ?? 0);
  }

  /** Some rows of a segment whose packs are others now. */
  async #readRows(segment: Segment, from: number, count: number): Promise<OpenPack<Entry> | undefined> {
    const parts: { readonly pack: OpenPack<Entry>; readonly row: number }[] = [];
    const times: number[] = [];
    let first = 0;
    for (const [index, info] of segment.packs.entries()) {
      if (first < from + count && first + info.count > from) {
        const pack = await this.read(segment, index);
        const [start, end] = [Math.max(0, from - first), Math.min(info.count, from + count - first)];
        for (let row = start; pack && row < end; row++) parts.push({ pack, row });
        times.push(...(pack?.times.slice(start, end) ?? []));
      }
      first += info.count;
    }
    return {
      times: Float64Array.from(times),
      entryAt: (at) => {
        const part = parts[at];
        return part?.pack.entryAt(part.row);
      },
    };
  }

  /** Whether a pack at hand is what was stored: objects in it may have changed since. Looked at when it is asked for. */
  #isFixed(newest: Found & { fixed?: boolean }): boolean {
    const { kept } = newest;
    newest.fixed ??= isPack(kept) && 'table' in kept && isFixed(kept.table);
    return newest.fixed;
  }

  async #load(segment: Segment, index: number): Promise<unknown> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    // One that is missing is looked for again: it may have been compressed meanwhile.
    if (ahead?.id === segment.id && ahead.index === index) return ahead.kept ?? (await this.#load(segment, index));
    try {
      return await this.#store.loadPack(segment, index);
    } catch (cause) {
      this.#onDamaged(cause);
      return { damaged: true };
    }
  }

  async #open(kept: unknown, segment: Segment, index: number): Promise<OpenPack<Entry> | undefined> {
    if (typeof kept === 'object' && kept !== null && 'damaged' in kept) return undefined;
    try {
      const pack = open(isCompressed(kept) ? await this.#unpack(kept.gzip) : kept);
      if (pack && isOf<Entry>(pack, segment.packs[index]?.count ?? -1)) return pack;
      this.#onDamaged(new TypeError(`pack ${index} of ${segment.id} has another form`));
    } catch (cause) {
      this.#onDamaged(cause);
    }
    return undefined;
  }
}
