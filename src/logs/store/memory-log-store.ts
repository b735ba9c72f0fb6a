import type { LogStore, SegmentsAndPack } from './log-store.js';
import type { CompressedPack, Pack, Segment } from './segment.js';

/** A log without IndexedDB: gone with the page. What holds it back is the same retention. */
export class MemoryLogStore implements LogStore {
  readonly persistent = false;
  readonly #segments = new Map<string, Segment>();
  readonly #packs = new Map<string, Pack[]>();
  readonly #compressed = new Map<string, readonly CompressedPack[]>();

  async append(segment: Segment, before: number, packs: readonly Pack[]): Promise<boolean> {
    const known = this.#segments.get(segment.id);
    if (before > 0 && (!known || known.sealed || known.packs.length !== before)) return false;
    this.#segments.set(segment.id, segment);
    const all = this.#packs.get(segment.id) ?? [];
    all.push(...packs);
    this.#packs.set(segment.id, all);
    return true;
  }

  async appendLast(segment: Segment, packs: readonly Pack[]): Promise<void> {
    await this.append(segment, 0, packs);
  }

  async update(expected: Segment, changed: Segment): Promise<boolean> {
    const known = this.#segments.get(expected.id);
    if (!known || known.sealed !== expected.sealed || known.packs.length !== expected.packs.length) return false;
    this.#segments.set(changed.id, changed);
    return true;
  }

  async compress(compressed: Segment, packs: readonly CompressedPack[]): Promise<boolean> {
    const known = this.#segments.get(compressed.id);
    if (!known || known.compressedBytes !== undefined) return false;
    this.#segments.set(compressed.id, compressed);
    this.#packs.delete(compressed.id);
    this.#compressed.set(compressed.id, packs);
    return true;
  }

  async segments(): Promise<Segment[]> {
    return [...this.#segments.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async segmentsAnd(segment: Segment, index: number): Promise<SegmentsAndPack> {
    return { segments: await this.segments(), kept: await this.loadPack(segment, index) };
  }

  async loadPack({ id, compressedBytes }: Segment, index: number): Promise<Pack | CompressedPack | undefined> {
    return compressedBytes === undefined ? this.#packs.get(id)?.[index] : this.#compressed.get(id)?.[index];
  }

  async remove(segments: readonly string[]): Promise<void> {
    for (const id of segments) {
      this.#segments.delete(id);
      this.#packs.delete(id);
      this.#compressed.delete(id);
    }
  }

  async clear(): Promise<void> {
    await this.remove([...this.#segments.keys()]);
  }

  close(): void {
    // What a stopped log holds in memory stays, for a later start.
  }
}
