import type { CacheEntry } from '../cache-entry.js';
import { EntryList, Links } from './entry-list.js';
import type { Policy } from './policy.js';

/** The window's share of the cache: at first, at least and at most. */
const FIRST_WINDOW = 0.05;
const SMALLEST_WINDOW = 0.01;
const LARGEST_WINDOW = 0.9;
/** How much of the main part is kept for entries that were used again there. */
const PROTECTED = 0.8;
/** Uses are counted up to this, in two bits. */
const MOST_USES = 3;
/** Counts are halved each time the cache was used this often for each entry. */
const HALVED_AFTER = 10;
/** What the window would have held if it were larger by this share of the cache speaks for a larger one. */
const REGRET = 0.1;
/** How fast the window's share follows. */
const RATE = 0.1;

/**
 * Recency against frequency, after W-TinyLFU (Einziger, Friedman & Manes 2017). New keys enter a window in order of
 * use; what falls out of it stays only if it was used more often than the oldest of the main part, a segmented LRU.
 *
 * Two things differ. Uses are counted on the entries, and on as many keys that went: no hash of a key is needed. And the
 * window does not climb by trial: it grows when a key that it turned away lately is asked for again, and shrinks when
 * the oldest of the main part are used, each in proportion, so that it settles where both would gain the same.
 *
 * An entry's rank is the epoch of its last use and its uses until then; its stamp says when the window turned it away.
 */
export class AdaptivePolicy<K, V> implements Policy<K, V> {
  readonly #forget: (entry: CacheEntry<K, V>) => void;
  #links = new Links<K, V>();
  #window = new EntryList(this.#links);
  #probation = new EntryList(this.#links);
  #protected = new EntryList(this.#links);
  #ghosts = new EntryList(this.#links);
  #size = 0;
  #windowShare = FIRST_WINDOW;
  #epoch = 0;
  #usesInEpoch = 0;
  #turnedAway = 0;

  constructor(forget: (entry: CacheEntry<K, V>) => void) {
    this.#forget = forget;
  }

  add(entry: CacheEntry<K, V>): void {
    if (entry.list === undefined) entry.rank = this.#epoch << 2;
    else this.#comeBack(entry);
    this.#count(entry);
    this.#window.append(entry);
    this.#size++;
  }

  touch(entry: CacheEntry<K, V>): void {
    this.#count(entry);
    const { list } = entry;
    if (list === this.#probation) this.#promote(entry);
    else list?.renew(entry);
  }

  remove(entry: CacheEntry<K, V>): void {
    entry.list?.remove(entry);
    this.#size--;
  }

  evict(): CacheEntry<K, V> | undefined {
    const candidate = this.#shrinkWindow();
    this.#shrinkProtected();
    const oldest = this.#probation.oldest ?? this.#protected.oldest ?? this.#window.oldest;
    const keeps = candidate === undefined || this.#usesOf(candidate) > (oldest ? this.#usesOf(oldest) : 0);
    const victim = keeps ? oldest : candidate;
    if (victim === undefined) return undefined;
    this.remove(victim);
    victim.stamp = keeps ? 0 : ++this.#turnedAway;
    this.#remember(victim);
    return victim;
  }

  clear(): void {
    this.#links = new Links();
    this.#window = new EntryList(this.#links);
    this.#probation = new EntryList(this.#links);
    this.#protected = new EntryList(this.#links);
    this.#ghosts = new EntryList(this.#links);
    this.#size = 0;
  }

  #usesOf({ rank }: CacheEntry<K, V>): number {
    const epochs = this.#epoch - (rank >> 2);
    return epochs > 1 ? 0 : (rank & MOST_USES) >> epochs;
  }

  #count(entry: CacheEntry<K, V>): void {
    const uses = this.#usesOf(entry);
    entry.rank = (this.#epoch << 2) | (uses < MOST_USES ? uses + 1 : uses);
    this.#usesInEpoch++;
    if (this.#usesInEpoch <= HALVED_AFTER * this.#size) return;
    this.#usesInEpoch = 0;
    this.#epoch++;
  }

  /** A key that went is asked for again. */
  #comeBack(entry: CacheEntry<K, V>): void {
    this.#ghosts.remove(entry);
    const reach = Math.max(1, REGRET * this.#size);
    if (entry.stamp > 0 && this.#turnedAway - entry.stamp < reach) this.#moveWindow(RATE / reach);
  }

  #promote(entry: CacheEntry<K, V>): void {
    this.#moveWindow(-RATE / this.#probation.size);
    this.#probation.remove(entry);
    this.#protected.append(entry);
    this.#shrinkProtected();
  }

  #moveWindow(change: number): void {
    this.#windowShare = Math.min(LARGEST_WINDOW, Math.max(SMALLEST_WINDOW, this.#windowShare + change));
  }

  /** Makes room in the window for one. Returns the last that fell out. */
  #shrinkWindow(): CacheEntry<K, V> | undefined {
    const room = Math.max(1, Math.round(this.#windowShare * this.#size)) - 1;
    let fallen: CacheEntry<K, V> | undefined;
    for (let { oldest } = this.#window; oldest && this.#window.size > room; oldest = this.#window.oldest) {
      fallen = oldest;
      this.#window.remove(fallen);
      this.#probation.append(fallen);
    }
    return fallen;
  }

  #shrinkProtected(): void {
    const room = PROTECTED * (1 - this.#windowShare) * this.#size;
    for (let { oldest } = this.#protected; oldest && this.#protected.size > room; oldest = this.#protected.oldest) {
      this.#protected.remove(oldest);
      this.#probation.append(oldest);
    }
  }

  /** Keeps the keys of as many that went as there are entries. */
  #remember(victim: CacheEntry<K, V>): void {
    const ghosts = this.#ghosts;
    ghosts.append(victim);
    for (let { oldest } = ghosts; oldest && ghosts.size > this.#size; oldest = ghosts.oldest) {
      ghosts.remove(oldest);
      if (oldest !== victim) this.#forget(oldest);
    }
  }
}
