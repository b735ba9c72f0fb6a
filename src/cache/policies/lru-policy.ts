import type { CacheEntry } from '../cache-entry.js';
import { EntryList, Links } from './entry-list.js';
import type { Policy } from './policy.js';

/** The least recently used entry goes. */
export class LruPolicy<K, V> implements Policy<K, V> {
  #order = new EntryList(new Links<K, V>());

  add(entry: CacheEntry<K, V>): void {
    this.#order.append(entry);
  }

  touch(entry: CacheEntry<K, V>): void {
    this.#order.renew(entry);
  }

  remove(entry: CacheEntry<K, V>): void {
    this.#order.remove(entry);
  }

  evict(): CacheEntry<K, V> | undefined {
    const entry = this.#order.oldest;
    if (entry !== undefined) this.#order.remove(entry);
    return entry;
  }

  clear(): void {
    this.#order = new EntryList(new Links());
  }
}
