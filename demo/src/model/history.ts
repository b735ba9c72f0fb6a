import { MemoryManager } from 'poise/memory';
import type { TrafficEntry } from '../../feed/traffic-entry.js';
import type { Filter } from './filter.js';

/** Requests that are kept in memory; the oldest go first. */
const KEPT = 1_000_000;
const KEPT_MB = 400;
/** Requests that are held against a new filter before the page gets its turn. */
const SLICE = 20_000;

/** The requests of this visit, oldest first, and those among them that match the filter. */
export class History {
  readonly entries = new MemoryManager<TrafficEntry>({ name: 'requests', maxEntries: KEPT, maxMemoryMb: KEPT_MB });
  #filter: Filter;
  #newestId = -1;
  /** Ids that match; undefined while everything does. */
  #matching: number[] | undefined;
  /** Everything up to this id was held against the filter. */
  #scannedId = -1;
  #trimmed = 0;

  constructor(filter: Filter) {
    this.#filter = filter;
  }

  /** How many match. */
  get size(): number {
    return this.#matching?.length ?? this.entries.size;
  }

  /** The match at this place, the oldest at 0. */
  at(index: number): TrafficEntry | undefined {
    const id = this.#matching ? this.#matching[index] : this.#oldestId + index;
    return id === undefined ? undefined : this.entries.get(id);
  }

  /** Takes one request. @returns whether it matches, so whether there is something to paint */
  add(entry: TrafficEntry): boolean {
    const before = this.entries.size;
    const id = this.entries.add(entry);
    if (id === undefined) return false;
    this.#newestId = id;
    const dropped = before + 1 - this.entries.size;
    if (!this.#matching) {
      this.#trimmed += dropped;
      return true;
    }
    // A filter that is still going through the older ones comes to this one too.
    if (this.#scannedId < id - 1) return false;
    this.#scannedId = id;
    const matches = this.#filter.entry(entry);
    if (matches) this.#matching.push(id);
    return matches;
  }

  /** How many of the oldest matches have gone since this was asked last. */
  takeTrimmed(): number {
    const gone = this.#matching?.findIndex((id) => id >= this.#oldestId) ?? 0;
    if (gone > 0) this.#matching?.splice(0, gone);
    const trimmed = this.#trimmed + Math.max(0, gone);
    this.#trimmed = 0;
    return trimmed;
  }

  /** Holds all requests against a filter, in slices; `onSlice` is called after each. A later filter ends it. */
  async setFilter(filter: Filter, onSlice: () => void): Promise<void> {
    this.#filter = filter;
    this.#trimmed = 0;
    if (filter.text.trim() === '') {
      this.#matching = undefined;
      return onSlice();
    }
    const found: number[] = [];
    this.#matching = found;
    this.#scannedId = this.#oldestId - 1;
    while (this.#scannedId < this.#newestId && this.#matching === found) {
      const until = Math.min(this.#newestId, this.#scannedId + SLICE);
      for (let id = this.#scannedId + 1; id <= until; id++) {
        const entry = this.entries.get(id);
        if (entry && filter.entry(entry)) found.push(id);
      }
      this.#scannedId = until;
      onSlice();
      await new Promise((resolve) => setTimeout(resolve));
    }
  }

  clear(): void {
    this.entries.clear();
    this.#matching &&= [];
    this.#scannedId = this.#newestId;
    this.#trimmed = 0;
  }

  /** Only the oldest ever go, so the ids that are left follow each other. */
  get #oldestId(): number {
    return this.#newestId - this.entries.size + 1;
  }
}
