import type { Bytes, EpochMs } from '../../core/units.js';
import { type DiskKey, type Head, headState, isHead, PACK_BYTES, PACK_ENTRIES } from './record.js';

/** Where an entry lies, and what is known of it. */
export interface Place {
  readonly seq: number;
  readonly slot: number;
  readonly expiresAt: EpochMs;
  readonly tags: readonly string[] | undefined;
}

interface PackInfo {
  readonly keys: readonly DiskKey[];
  readonly bytes: Bytes;
  /** What the head removes; it takes room too. */
  readonly removals: number;
}

/** What lies on disk, in memory: which key in which pack. It is what the heads say that have been applied. */
export class DiskIndex {
  /** The newest head applied. */
  lastSeq = 0;
  damaged = 0;
  outdated = 0;
  readonly #places = new Map<DiskKey, Place>();
  /** In order of their numbers. */
  readonly #packs = new Map<number, PackInfo>();
  #slots = 0;
  #bytes: Bytes = 0;

  /** Entries that have not been deleted or replaced. */
  get size(): number {
    return this.#places.size;
  }

  /** What all packs hold, what has been deleted or replaced included. */
  get bytes(): Bytes {
    return this.#bytes;
  }

  /** The packs' numbers, oldest first. */
  get packs(): readonly number[] {
    return [...this.#packs.keys()];
  }

  get oldest(): number {
    const [oldest] = this.#packs.keys();
    return oldest ?? this.lastSeq;
  }

  /** Whether more than half of what is stored is of no use any more, or far more packs are in use than are needed. */
  get isWasteful(): boolean {
    const wasted = this.#slots - this.#places.size;
    // Packs of large values hold few: two that follow each other have more than one pack's bytes.
    const needed = Math.ceil(this.#places.size / PACK_ENTRIES) + Math.ceil(this.#bytes / PACK_BYTES);
    return wasted > Math.max(this.#places.size, PACK_ENTRIES) || this.#packs.size > 2 * needed + 16;
  }

  /** Every key. */
  get keys(): readonly DiskKey[] {
    return [...this.#places.keys()];
  }

  /** The entries of a pack that have not been deleted or replaced. */
  entriesOf(seq: number): (Place & { readonly key: DiskKey })[] {
    return (this.#packs.get(seq)?.keys ?? []).flatMap((key, slot) => {
      const place = this.#places.get(key);
      return place?.seq === seq && place.slot === slot ? [{ key, ...place }] : [];
    });
  }

  /** Takes heads in, in order; those that were seen before are left out. */
  apply(records: readonly { readonly seq: number }[]): void {
    for (const record of records) {
      if (record.seq <= this.lastSeq) continue;
      this.lastSeq = record.seq;
      if (isHead(record)) this.#applyHead(record);
      else this.#reject(record);
    }
  }

  find(key: DiskKey): Place | undefined {
    return this.#places.get(key);
  }

  isAt(key: DiskKey, { seq, slot }: Pick<Place, 'seq' | 'slot'>): boolean {
    const place = this.#places.get(key);
    return place?.seq === seq && place.slot === slot;
  }

  /** Forgets a pack that is not there, or can't be read. */
  dropPack(seq: number): void {
    const pack = this.#packs.get(seq);
    if (!pack) return;
    for (const key of pack.keys) if (this.#places.get(key)?.seq === seq) this.#places.delete(key);
    this.#packs.delete(seq);
    this.#slots -= pack.keys.length + pack.removals;
    this.#bytes -= pack.bytes;
  }

  dropBefore(seq: number): void {
    for (const number of this.packs) {
      if (number >= seq) return;
      this.dropPack(number);
    }
  }

  /** The number of the first pack to keep, so that no more than this is left; the newest is kept in any case. */
  firstWithin(maxEntries: number, maxBytes: Bytes): number {
    let [entries, bytes, first] = [0, 0, this.lastSeq];
    for (const seq of this.packs.toReversed()) {
      const pack = this.#packs.get(seq);
      entries += pack?.keys.length ?? 0;
      bytes += pack?.bytes ?? 0;
      if (entries > maxEntries || bytes > maxBytes) break;
      first = seq;
    }
    return first;
  }

  #applyHead({ seq, from, keys, expiresAt, bytes, tags, deleted, deletedTags }: Head): void {
    this.dropBefore(from);
    for (const key of deleted) this.#places.delete(key);
    if (deletedTags.length > 0) this.#deleteTagged(deletedTags);
    this.#add(seq, { keys, bytes: bytes.reduce((sum, one) => sum + one, 0), removals: deleted.length });
    for (const [slot, key] of keys.entries())
      this.#places.set(key, { seq, slot, expiresAt: expiresAt[slot] ?? 0, tags: tags[slot] });
  }

  #reject(record: { readonly seq: number }): void {
    if (headState(record) === 'outdated') this.outdated++;
    else this.damaged++;
    this.#add(record.seq, { keys: [], bytes: 0, removals: 1 });
  }

  #add(seq: number, pack: PackInfo): void {
    this.#packs.set(seq, pack);
    this.#slots += pack.keys.length + pack.removals;
    this.#bytes += pack.bytes;
  }

  #deleteTagged(deletedTags: readonly string[]): void {
    for (const [key, { tags }] of this.#places)
      if (tags?.some((tag) => deletedTags.includes(tag))) this.#places.delete(key);
  }
}
