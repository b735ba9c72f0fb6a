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
const USED = 4;
const EPOCH_AT = 3;
/** Counts are halved each time the cache was used this often for each entry. */
const HALVED_AFTER = 10;
/** What the window would have held if it were larger by this share of the cache speaks for a larger one. */
const REGRET = 0.1;
/** How fast the window's share follows. */
const RATE = 0.1;

/**
 * Recency against frequency, after W-TinyLFU (Einziger, Friedman & Manes 2017). New keys enter a window; what falls out of
 * it stays only if it was used more often than the oldest of the main part, which is segmented.
 *
 * Three things differ. A use only marks its entry, so that a hit moves nothing: an entry that would go is looked at, and
 * gets a second chance where it was used since (as in CLOCK and SIEVE); each look was paid for by a use. Uses are counted
 * on the entries, and on as many keys that went: no hash of a key is needed. And the window does not climb by trial: it
 * grows when a key that it turned away lately is asked for again, and shrinks when the oldest of the main part are used,
 * each in proportion, so that it settles where both would gain the same.
 *
 * An entry's rank is the epoch of its last use, whether it was used since it was looked at, and its uses until then; its
 * stamp says when the window turned it away.
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
  #usesPerEpoch = 0;
  #mostRank = USED | MOST_USES;
  #turnedAway = 0;

  constructor(forget: (entry: CacheEntry<K, V>) => void) {
    this.#forget = forget;
  }

  add(entry: CacheEntry<K, V>): void {
    if (entry.list === undefined) {
      entry.rank = this.#epoch << EPOCH_AT;
      this.#links.hold(entry);
    } else this.#comeBack(entry);
    this.touch(entry);
    entry.rank &= ~USED;
    this.#window.append(entry);
    this.#size++;
  }

  touch(entry: CacheEntry<K, V>): void {
    if (entry.rank !== this.#mostRank) {
      const uses = this.#usesOf(entry);
      entry.rank = (this.#epoch << EPOCH_AT) | USED | (uses < MOST_USES ? uses + 1 : uses);
    }
    if (++this.#usesInEpoch > this.#usesPerEpoch) this.#nextEpoch();
  }

  remove(entry: CacheEntry<K, V>): void {
    entry.list?.remove(entry);
    this.#size--;
  }

  evict(): CacheEntry<K, V> | undefined {
    const candidate = this.#shrinkWindow();
    this.#shrinkProtected();
    const oldest = this.#oldestUnused();
    const keeps = candidate !== undefined && oldest !== undefined && this.#usesOf(candidate) > this.#usesOf(oldest);
    const victim =
      candidate !== undefined && !keeps ? candidate : (oldest ?? this.#protected.oldest ?? this.#window.oldest);
    if (victim === undefined) return undefined;
    victim.list?.remove(victim);
    if (keeps) this.#probation.append(candidate);
    victim.stamp = victim === candidate ? ++this.#turnedAway : 0;
    this.#size--;
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
    const epochs = this.#epoch - (rank >> EPOCH_AT);
    return epochs > 1 ? 0 : (rank & MOST_USES) >> epochs;
  }

  #nextEpoch(): void {
    this.#usesPerEpoch = HALVED_AFTER * this.#size;
    if (this.#usesInEpoch <= this.#usesPerEpoch) return;
    this.#usesInEpoch = 0;
    this.#epoch++;
    this.#mostRank = (this.#epoch << EPOCH_AT) | USED | MOST_USES;
  }

  /** A key that went is asked for again. */
  #comeBack(entry: CacheEntry<K, V>): void {
    this.#ghosts.remove(entry);
    const reach = Math.max(1, REGRET * this.#size);
    if (entry.stamp > 0 && this.#turnedAway - entry.stamp < reach) this.#moveWindow(RATE / reach);
  }

  /** The oldest of probation that was not used there; those before it are promoted. */
  #oldestUnused(): CacheEntry<K, V> | undefined {
    const probation = this.#probation;
    for (let { oldest } = probation; oldest; oldest = probation.oldest) {
      if (!(oldest.rank & USED)) return oldest;
      this.#moveWindow(-RATE / probation.size);
      probation.remove(oldest);
      oldest.rank &= ~USED;
      this.#protected.append(oldest);
      this.#shrinkProtected();
    }
    return undefined;
  }

  #moveWindow(change: number): void {
    this.#windowShare = Math.min(LARGEST_WINDOW, Math.max(SMALLEST_WINDOW, this.#windowShare + change));
  }

  /** Makes room in the window for one. Returns the last that fell out, which is in no list then. */
  #shrinkWindow(): CacheEntry<K, V> | undefined {
    const window = this.#window;
    const room = Math.max(1, Math.round(this.#windowShare * this.#size)) - 1;
    let fallen: CacheEntry<K, V> | undefined;
    for (let { oldest } = window; oldest && window.size > room; oldest = window.oldest) {
      if (spared(oldest)) {
        window.renew(oldest);
        continue;
      }
      if (fallen) this.#probation.append(fallen);
      fallen = oldest;
      window.remove(fallen);
    }
    return fallen;
  }

  #shrinkProtected(): void {
    const room = PROTECTED * (1 - this.#windowShare) * this.#size;
    for (let { oldest } = this.#protected; oldest && this.#protected.size > room; oldest = this.#protected.oldest) {
      if (spared(oldest)) {
        this.#protected.renew(oldest);
        continue;
      }
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

/** An entry that was used since it was last looked at. */
function spared<K, V>(entry: CacheEntry<K, V>): boolean {
  if (!(entry.rank & USED)) return false;
  entry.rank &= ~USED;
  return true;
}
