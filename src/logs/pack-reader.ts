import type { LogStore } from './store/log-store.js';
import type { CompressedPack, Pack, Segment } from './store/segment.js';

/** Makes compressed packs plain again. */
export type Unpack = (bytes: Uint8Array<ArrayBuffer>) => Promise<unknown>;

/** Entries are what they were when they were added: no more can be known of them. */
const isPack = <Entry>(value: unknown): value is Pack<Entry> =>
  typeof value === 'object' &&
  value !== null &&
  'entries' in value &&
  Array.isArray(value.entries) &&
  'times' in value &&
  value.times instanceof Float64Array &&
  value.times.length === value.entries.length;

const isCompressed = (value: unknown): value is CompressedPack =>
  typeof value === 'object' && value !== null && 'gzip' in value && value.gzip instanceof Uint8Array;

/** Reads packs, and finds those that were compressed while somebody read. What can't be read is told of and skipped. */
export class PackReader<Entry> {
  readonly #store: LogStore;
  readonly #unpack: Unpack;
  readonly #onDamaged: (cause: unknown) => void;

  constructor(store: LogStore, unpack: Unpack, onDamaged: (cause: unknown) => void) {
    this.#store = store;
    this.#unpack = unpack;
    this.#onDamaged = onDamaged;
  }

  /** Undefined where it is gone or damaged. */
  async read(segment: Segment, index: number): Promise<Pack<Entry> | undefined> {
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
  async #readRows(segment: Segment, from: number, count: number): Promise<Pack<Entry> | undefined> {
    const entries: Entry[] = [];
    const times: number[] = [];
    let first = 0;
    for (const [index, info] of segment.packs.entries()) {
      if (first < from + count && first + info.count > from) {
        const pack = await this.read(segment, index);
        const [start, end] = [Math.max(0, from - first), from + count - first];
        entries.push(...(pack?.entries.slice(start, end) ?? []));
        times.push(...(pack?.times.slice(start, end) ?? []));
      }
      first += info.count;
    }
    return { entries, times: Float64Array.from(times) };
  }

  async #load(segment: Segment, index: number): Promise<unknown> {
    try {
      return await this.#store.loadPack(segment, index);
    } catch (cause) {
      this.#onDamaged(cause);
      return { damaged: true };
    }
  }

  async #open(kept: unknown, segment: Segment, index: number): Promise<Pack<Entry> | undefined> {
    if (typeof kept === 'object' && kept !== null && 'damaged' in kept) return undefined;
    try {
      const pack = isCompressed(kept) ? await this.#unpack(kept.gzip) : kept;
      if (isPack<Entry>(pack) && pack.entries.length === segment.packs[index]?.count) return pack;
      this.#onDamaged(new TypeError(`pack ${index} of ${segment.id} has another form`));
    } catch (cause) {
      this.#onDamaged(cause);
    }
    return undefined;
  }
}
