import type { CacheEntry } from '../cache-entry.js';
import { EntryList, Links } from './entry-list.js';
import type { Policy } from './policy.js';

/** The entries that were used equally often, between those used less and those used more. */
class Rung<K, V> extends EntryList<K, V> {
  readonly uses: number;
  less: Rung<K, V> | undefined = undefined;
  more: Rung<K, V> | undefined = undefined;

  constructor(uses: number, links: Links<K, V>) {
    super(links);
    this.uses = uses;
  }
}

/**
 * The least frequently used entry goes; among equals, the least recently used (Shah, Mitra & Matani 2010: a list of
 * lists by frequency). Uses are counted from when the entry came, and are not aged.
 */
export class LfuPolicy<K, V> implements Policy<K, V> {
  #links = new Links<K, V>();
  #lowest: Rung<K, V> | undefined;

  add(entry: CacheEntry<K, V>): void {
    this.#links.hold(entry);
    const lowest = this.#lowest;
    const rung = lowest?.uses === 1 ? lowest : this.#insert(1, undefined, lowest);
    rung.append(entry);
  }

  touch(entry: CacheEntry<K, V>): void {
    const rung = rungOf(entry);
    if (!rung) return;
    const { more, uses } = rung;
    const next = more?.uses === uses + 1 ? more : this.#insert(uses + 1, rung, more);
    this.remove(entry);
    next.append(entry);
  }

  remove(entry: CacheEntry<K, V>): void {
    const rung = rungOf(entry);
    if (!rung) return;
    rung.remove(entry);
    if (rung.size > 0) return;
    const { less, more } = rung;
    if (less) less.more = more;
    else this.#lowest = more;
    if (more) more.less = less;
  }

  evict(): CacheEntry<K, V> | undefined {
    const entry = this.#lowest?.oldest;
    if (entry) this.remove(entry);
    return entry;
  }

  clear(): void {
    this.#links = new Links();
    this.#lowest = undefined;
  }

  #insert(uses: number, less: Rung<K, V> | undefined, more: Rung<K, V> | undefined): Rung<K, V> {
    const rung = new Rung(uses, this.#links);
    rung.less = less;
    rung.more = more;
    if (less) less.more = rung;
    else this.#lowest = rung;
    if (more) more.less = rung;
    return rung;
  }
}

function rungOf<K, V>({ list }: CacheEntry<K, V>): Rung<K, V> | undefined {
  return list instanceof Rung ? list : undefined;
}
