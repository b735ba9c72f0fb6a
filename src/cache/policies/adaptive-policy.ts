import type { CacheEntry } from '../cache-entry.js';
import { EntryList } from './entry-list.js';
import type { Policy } from './policy.js';

/** New keys pass through a tenth of the cache. */
const SMALL_SHARE = 0.1;

/** Two queues and a memory of keys that went (S3-FIFO, Yang et al. 2023): keys seen once leave soon. */
export class AdaptivePolicy<K, V> implements Policy<K, V> {
  readonly #forget: (entry: CacheEntry<K, V>) => void;
  #small = new EntryList<K, V>();
  #main = new EntryList<K, V>();
  #ghosts = new EntryList<K, V>();

  constructor(forget: (entry: CacheEntry<K, V>) => void) {
    this.#forget = forget;
  }

  add(entry: CacheEntry<K, V>): void {
    const known = entry.list !== undefined;
    if (known) this.#ghosts.remove(entry);
    entry.rank = 0;
    (known ? this.#main : this.#small).append(entry);
  }

  touch(entry: CacheEntry<K, V>): void {
    if (entry.rank < 3) entry.rank++;
  }

  remove(entry: CacheEntry<K, V>): void {
    entry.list?.remove(entry);
  }

  evict(): CacheEntry<K, V> | undefined {
    for (;;) {
      const small = this.#small;
      const main = this.#main;
      const fromSmall = small.oldest;
      if (fromSmall && (main.size === 0 || small.size >= SMALL_SHARE * (small.size + main.size))) {
        small.remove(fromSmall);
        if (fromSmall.rank > 0) {
          fromSmall.rank = 0;
          main.append(fromSmall);
          continue;
        }
        this.#remember(fromSmall);
        return fromSmall;
      }
      const fromMain = main.oldest;
      if (!fromMain) return undefined;
      if (fromMain.rank === 0) {
        main.remove(fromMain);
        return fromMain;
      }
      fromMain.rank--;
      main.renew(fromMain);
    }
  }

  clear(): void {
    this.#small = new EntryList();
    this.#main = new EntryList();
    this.#ghosts = new EntryList();
  }

  #remember(entry: CacheEntry<K, V>): void {
    this.#ghosts.append(entry);
    const { oldest } = this.#ghosts;
    if (!oldest || this.#ghosts.size <= this.#main.size) return;
    this.#ghosts.remove(oldest);
    if (oldest !== entry) this.#forget(oldest);
  }
}
