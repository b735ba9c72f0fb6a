import type { DiskIndex, Place } from './disk-index.js';
import type { PackReader } from './pack-reader.js';
import type { DiskKey } from './record.js';
import type { DiskEntry, WriteBatch } from './write-batch.js';

export interface EntryReaderOptions<V> {
  readonly index: DiskIndex;
  readonly reader: PackReader;
  readonly opened: Promise<unknown>;
  /** What was called and is not on disk yet, newest first. */
  readonly batches: () => readonly WriteBatch<V>[];
  /** Whether an entry on disk has been called invalid, and is only not deleted yet. */
  readonly isCondemned: (entry: DiskEntry<V>) => boolean;
  readonly wallNow: () => number;
}

type Found<V> = DiskEntry<V> | undefined;

/** Other tabs may move an entry while it is read; so often it is looked for anew. */
const MOST_LOOKS = 3;

const DAMAGED: symbol = Symbol('damaged');

/** Reads entries as they are with all calls so far. Reads of one task are put together to one transaction. */
export class EntryReader<V> {
  readonly #options: EntryReaderOptions<V>;
  #asked = new Map<DiskKey, Promise<Found<V>>>();
  #batch: Promise<ReadonlyMap<DiskKey, Found<V>>> | undefined;

  constructor(options: EntryReaderOptions<V>) {
    this.#options = options;
  }

  /** Rejects with StorageError. */
  read(key: DiskKey): Promise<Found<V>> {
    const known = this.#asked.get(key);
    if (known !== undefined) return known;
    this.#batch ??= this.#opened();
    const found = this.#batch.then((entries) => this.#checked(key, entries.get(key)));
    this.#asked.set(key, found);
    return found;
  }

  /** What is on disk of some keys, whatever has been called since. Rejects with StorageError. */
  async onDisk(keys: readonly DiskKey[]): Promise<ReadonlyMap<DiskKey, Found<V>>> {
    const { index, reader, wallNow } = this.#options;
    const found = new Map<DiskKey, Found<V>>();
    let left = keys;
    for (let look = 0; look < MOST_LOOKS && left.length > 0; look++) {
      const places = new Map<DiskKey, Place>();
      for (const key of left) {
        const place = index.find(key);
        if (place && place.expiresAt > wallNow()) places.set(key, place);
      }
      const packs = await reader.open([...new Set([...places.values()].map(({ seq }) => seq))]);
      // The transaction may have brought news of other tabs.
      const moved: DiskKey[] = [];
      for (const key of left) {
        const place = places.get(key);
        const now = index.find(key);
        if (now !== place && now && !(place && packs.has(place.seq) && index.isAt(key, place))) moved.push(key);
        else if (now && place) found.set(key, this.#entryAt(key, place, packs));
      }
      left = moved;
    }
    return found;
  }

  /** What the calls that are not on disk yet say of a key; undefined where they say nothing. */
  #called(key: DiskKey): { readonly entry: Found<V> } | undefined {
    for (const [at, batch] of this.#options.batches().entries()) {
      if (!batch.settles(key)) continue;
      const entry = batch.entries.get(key);
      const removedSince = this.#options.batches().some((newer, n) => n < at && newer.removes(entry?.tags));
      return { entry: removedSince ? undefined : entry };
    }
    return undefined;
  }

  /** By now more may have been called. */
  #checked(key: DiskKey, found: Found<V>): Found<V> {
    const called = this.#called(key);
    const entry = called ? called.entry : found;
    if (!entry || entry.expiresAt <= this.#options.wallNow()) return undefined;
    if (called) return entry;
    const { batches, isCondemned } = this.#options;
    return batches().some((batch) => batch.removes(entry.tags)) || isCondemned(entry) ? undefined : entry;
  }

  async #opened(): Promise<ReadonlyMap<DiskKey, Found<V>>> {
    await this.#options.opened;
    // Whoever asks from here on is in the next batch.
    const keys = [...this.#asked.keys()];
    this.#asked = new Map();
    this.#batch = undefined;
    const found = new Map<DiskKey, Found<V>>();
    // What is being written now may be on disk, and no longer be called, when the rest has been read.
    for (const key of keys) {
      const called = this.#called(key);
      if (called) found.set(key, called.entry);
    }
    for (const [key, entry] of await this.onDisk(keys.filter((key) => !found.has(key)))) found.set(key, entry);
    return found;
  }

  #entryAt(key: DiskKey, place: Place, packs: Awaited<ReturnType<PackReader['open']>>): Found<V> {
    const { reader } = this.#options;
    const { seq, slot, expiresAt, tags } = place;
    const pack = packs.get(seq);
    if (!pack) return undefined;
    const value = reader.value(seq, pack, slot, DAMAGED);
    return value === DAMAGED ? undefined : { key, value, expiresAt, tags };
  }
}
