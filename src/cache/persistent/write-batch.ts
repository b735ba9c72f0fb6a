import type { StoredEntry } from '../cache-store.js';
import type { DiskKey } from './record.js';

/** An entry with a key that can be stored. */
export type DiskEntry<V> = StoredEntry<DiskKey, V>;

/** What was called and is not on disk yet, each key once. What is removed goes before what is put. */
export class WriteBatch<V> {
  /** The newest call for each key; undefined is a deletion. */
  readonly entries: Map<DiskKey, DiskEntry<V> | undefined> = new Map();
  readonly tags: Set<string> = new Set();
  /** Everything that was there before goes first. */
  cleared = false;

  get isEmpty(): boolean {
    return this.entries.size === 0 && this.tags.size === 0 && !this.cleared;
  }

  /** Whether what is said here settles what became of a key. */
  settles(key: DiskKey): boolean {
    return this.cleared || this.entries.has(key);
  }

  removes(tags: readonly string[] | undefined): boolean {
    return this.tags.size > 0 && (tags?.some((tag) => this.tags.has(tag)) ?? false);
  }

  clear(): void {
    this.entries.clear();
    this.tags.clear();
    this.cleared = true;
  }

  invalidateTag(tag: string): void {
    this.tags.add(tag);
    for (const [key, entry] of this.entries) if (entry?.tags?.includes(tag)) this.entries.set(key, undefined);
  }
}
