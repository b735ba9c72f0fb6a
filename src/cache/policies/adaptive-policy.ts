import { NONE } from '../slots.js';
import type { Policy } from './policy.js';
import { Links, SlotList } from './slot-list.js';

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
export class AdaptivePolicy implements Policy {
  readonly #forget: (slot: number) => void;
  readonly #window: SlotList;
  readonly #probation: SlotList;
  readonly #protected: SlotList;
  readonly #ghosts: SlotList;
  /** Of each slot: the list that it stands in, its rank, its stamp. */
  #lists: (SlotList | undefined)[] = [undefined];
  #ranks: number[] = [0];
  #stamps: number[] = [0];
  #size = 0;
  #windowShare = FIRST_WINDOW;
  #epoch = 0;
  #usesInEpoch = 0;
  #usesPerEpoch = 0;
  #mostRank = USED | MOST_USES;
  #turnedAway = 0;

  constructor(forget: (slot: number) => void) {
    this.#forget = forget;
    const links = new Links();
    this.#window = new SlotList(links);
    this.#probation = new SlotList(links);
    this.#protected = new SlotList(links);
    this.#ghosts = new SlotList(links);
  }

  add(slot: number): void {
    if (this.remembers(slot)) this.#comeBack(slot);
    else this.#ranks[slot] = this.#epoch << EPOCH_AT;
    this.touch(slot);
    this.#spare(slot);
    this.#append(slot, this.#window);
    this.#size++;
  }

  touch(slot: number): void {
    const ranks = this.#ranks;
    if (ranks[slot] !== this.#mostRank) {
      const uses = this.#usesOf(slot);
      ranks[slot] = (this.#epoch << EPOCH_AT) | USED | (uses < MOST_USES ? uses + 1 : uses);
    }
    if (++this.#usesInEpoch > this.#usesPerEpoch) this.#nextEpoch();
  }

  remove(slot: number): void {
    this.#takeOut(slot);
    this.#size--;
  }

  evict(): number {
    const candidate = this.#shrinkWindow();
    this.#shrinkProtected();
    const oldest = this.#oldestUnused();
    const keeps = candidate !== NONE && oldest !== NONE && this.#usesOf(candidate) > this.#usesOf(oldest);
    const turnsAway = candidate !== NONE && !keeps;
    const victim = turnsAway ? candidate : oldest || this.#protected.oldest || this.#window.oldest;
    if (victim === NONE) return NONE;
    if (!turnsAway) this.#takeOut(victim);
    if (keeps) this.#append(candidate, this.#probation);
    this.#stamps[victim] = turnsAway ? ++this.#turnedAway : 0;
    this.#size--;
    this.#remember(victim);
    return victim;
  }

  remembers(slot: number): boolean {
    return this.#lists[slot] === this.#ghosts;
  }

  clear(): void {
    const links = new Links();
    for (const list of [this.#window, this.#probation, this.#protected, this.#ghosts]) list.clear(links);
    this.#lists = [undefined];
    this.#ranks = [0];
    this.#stamps = [0];
    this.#size = 0;
  }

  #append(slot: number, list: SlotList): void {
    list.add(slot);
    this.#lists[slot] = list;
  }

  #takeOut(slot: number): void {
    this.#lists[slot]?.remove(slot);
    this.#lists[slot] = undefined;
  }

  #usesOf(slot: number): number {
    const rank = this.#ranks[slot] ?? 0;
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
  #comeBack(slot: number): void {
    this.#takeOut(slot);
    const stamp = this.#stamps[slot] ?? 0;
    const reach = Math.max(1, REGRET * this.#size);
    if (stamp > 0 && this.#turnedAway - stamp < reach) this.#moveWindow(RATE / reach);
  }

  /** The oldest of probation that was not used there; those before it are promoted. */
  #oldestUnused(): number {
    const probation = this.#probation;
    for (let { oldest } = probation; oldest !== NONE; oldest = probation.oldest) {
      if (!this.#spare(oldest)) return oldest;
      this.#moveWindow(-RATE / probation.size);
      probation.remove(oldest);
      this.#append(oldest, this.#protected);
      this.#shrinkProtected();
    }
    return NONE;
  }

  #moveWindow(change: number): void {
    this.#windowShare = Math.min(LARGEST_WINDOW, Math.max(SMALLEST_WINDOW, this.#windowShare + change));
  }

  /** Makes room in the window for one. Returns the last that fell out, which is in no list then. */
  #shrinkWindow(): number {
    const window = this.#window;
    const room = Math.max(1, Math.round(this.#windowShare * this.#size)) - 1;
    let fallen = NONE;
    for (let { oldest } = window; oldest !== NONE && window.size > room; oldest = window.oldest) {
      if (this.#spare(oldest)) {
        window.touch(oldest);
        continue;
      }
      if (fallen !== NONE) this.#append(fallen, this.#probation);
      fallen = oldest;
      this.#takeOut(fallen);
    }
    return fallen;
  }

  #shrinkProtected(): void {
    const list = this.#protected;
    const room = PROTECTED * (1 - this.#windowShare) * this.#size;
    for (let { oldest } = list; oldest !== NONE && list.size > room; oldest = list.oldest) {
      if (this.#spare(oldest)) {
        list.touch(oldest);
        continue;
      }
      list.remove(oldest);
      this.#append(oldest, this.#probation);
    }
  }

  /** Keeps the keys of as many that went as there are entries. */
  #remember(victim: number): void {
    const ghosts = this.#ghosts;
    this.#append(victim, ghosts);
    for (let { oldest } = ghosts; oldest !== NONE && ghosts.size > this.#size; oldest = ghosts.oldest) {
      this.#takeOut(oldest);
      if (oldest !== victim) this.#forget(oldest);
    }
  }

  /** Whether an entry was used since it was last looked at, which this is. */
  #spare(slot: number): boolean {
    const rank = this.#ranks[slot] ?? 0;
    this.#ranks[slot] = rank & ~USED;
    return (rank & USED) !== 0;
  }
}
