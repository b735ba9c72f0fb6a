import type { LogStore, SegmentsAndPack } from './log-store.js';
import { MemoryLogStore } from './memory-log-store.js';
import type { CompressedPack, Pack, Segment } from './segment.js';

/** The log's store: IndexedDB while it works, memory from then on. */
export class SwitchingLogStore implements LogStore {
  #current: LogStore;

  constructor(first: LogStore) {
    this.#current = first;
  }

  get persistent(): boolean {
    return this.#current.persistent;
  }

  /** Goes on in memory. */
  fallBack(): void {
    if (!this.#current.persistent) return;
    this.#current.close();
    this.#current = new MemoryLogStore();
  }

  append(segment: Segment, before: number, packs: readonly Pack[]): Promise<boolean> {
    return this.#current.append(segment, before, packs);
  }

  appendLast(segment: Segment, packs: readonly Pack[]): Promise<void> {
    return this.#current.appendLast(segment, packs);
  }

  update(expected: Segment, changed: Segment): Promise<boolean> {
    return this.#current.update(expected, changed);
  }

  compress(compressed: Segment, packs: readonly CompressedPack[]): Promise<boolean> {
    return this.#current.compress(compressed, packs);
  }

  segments(): Promise<Segment[]> {
    return this.#current.segments();
  }

  segmentsAnd(segment: Segment, index: number): Promise<SegmentsAndPack> {
    return this.#current.segmentsAnd(segment, index);
  }

  loadPack(segment: Segment, index: number): Promise<unknown> {
    return this.#current.loadPack(segment, index);
  }

  remove(segments: readonly string[]): Promise<void> {
    return this.#current.remove(segments);
  }

  clear(): Promise<void> {
    return this.#current.clear();
  }

  close(): void {
    this.#current.close();
  }
}
