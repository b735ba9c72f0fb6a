import type { CacheEntry } from './cache-entry.js';

/** Which entries carry which tag. */
export class TagIndex<K, V> {
  readonly #byTag = new Map<string, Set<CacheEntry<K, V>>>();

  add(entry: CacheEntry<K, V>): void {
    for (const tag of entry.tags ?? []) {
      const entries = this.#byTag.get(tag);
      if (entries) entries.add(entry);
      else this.#byTag.set(tag, new Set([entry]));
    }
  }

  remove(entry: CacheEntry<K, V>): void {
    for (const tag of entry.tags ?? []) {
      const entries = this.#byTag.get(tag);
      entries?.delete(entry);
      if (entries?.size === 0) this.#byTag.delete(tag);
    }
  }

  keysOf(tag: string): K[] {
    return Array.from(this.#byTag.get(tag) ?? [], ({ key }) => key);
  }

  clear(): void {
    this.#byTag.clear();
  }
}
