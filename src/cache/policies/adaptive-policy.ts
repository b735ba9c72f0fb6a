import { NONE } from '../slots.js';
import type { RememberingPolicy } from './policy.js';
import { Links, SlotList } from './slot-list.js';
import { UseCounts } from './use-counts.js';

/** The window's share of the cache: at first, at least and at most. */
const FIRST_WINDOW = 0.05;
const SMALLEST_WINDOW = 0.01;
const LARGEST_WINDOW = 0.9;
/** How much of the main part is kept for entries that were used again there. */
const PROTECTED_SHARE = 0.8;
/** What the window would have held if it were larger by this share of the cache speaks for a larger one. */
const REGRET = 0.1;
/** How fast the window's share follows. */
const RATE = 0.1;

/** Where a slot stands: in none of the lists, or in one of them. */
const NOWHERE = 0;
const WINDOW = 1;
const PROBATION = 2;
const PROTECTED = 3;
const GHOSTS = 4;

/**
 * Recency against frequency, after W-TinyLFU (Einziger, Friedman & Manes 2017). New keys enter a window; what falls out of
 * it stays only if it was used more often than the oldest of the main part, which is segmented.
 *
 * Three things differ. A use only marks its entry, so that a hit moves nothing: an entry that would go is looked at, and
 * gets a second chance where it was used since (as in CLOCK and SIEVE); each look was paid for by a use. Uses are counted
 * for the entries, and for as many keys that went: no hash of a key is needed. And the window does not climb by trial: it
 * grows when a key that it turned away lately is asked for again, and shrinks when the oldest of the main part are used,
 * each in proportion, so that it settles where both would gain the same.
 */
export class AdaptivePolicy implements RememberingPolicy {
  readonly #forget: (slot: number) => void;
  readonly #window: SlotList;
  readonly #probation: SlotList;
  readonly #protected: SlotList;
  readonly #ghosts: SlotList;
  readonly #uses = new UseCounts();
  /** Of each slot: where it stands, and, of one that went, when the window turned it away; 0 where it did not. */
  readonly #places: number[] = [NOWHERE];
  readonly #stamps: number[] = [0];
  #size = 0;
  #windowShare = FIRST_WINDOW;
  /** What the window and the protected part have room for, where `#roomsFor` entries are there. */
  #windowRoom = 0;
  #protectedRoom = 0;
  #roomsFor = 0;
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
    if (slot === this.#places.length) this.#grow();
    let uses = 0;
    if (this.remembers(slot)) {
      uses = this.#uses.of(slot);
      this.#comeBack(slot);
    }
    this.#uses.start(slot, uses, this.#size);
    this.#window.add(slot);
    this.#places[slot] = WINDOW;
    this.#size++;
  }

  touch(slot: number): void {
    this.#uses.add(slot, this.#size);
  }

  remove(slot: number): void {
    const place = this.#places[slot];
    if (place === WINDOW) this.#window.remove(slot);
    else if (place === PROBATION) this.#probation.remove(slot);
    else this.#protected.remove(slot);
    this.#places[slot] = NOWHERE;
    this.#size--;
  }

  evict(): number {
    if (this.#roomsFor !== this.#size) this.#allot();
    const candidate = this.#shrinkWindow();
    this.#shrinkProtected();
    const oldest = this.#oldestUnused();
    if (candidate !== NONE && (oldest === NONE || this.#uses.of(candidate) <= this.#uses.of(oldest))) {
      this.#size--;
      this.#remember(candidate, ++this.#turnedAway);
      return candidate;
    }
    const victim = oldest || this.#protected.oldest || this.#window.oldest;
    if (victim === NONE) return NONE;
    this.remove(victim);
    if (candidate !== NONE) this.#toProbation(candidate);
    this.#remember(victim, 0);
    return victim;
  }

  remembers(slot: number): boolean {
    return this.#places[slot] === GHOSTS;
  }

  clear(): void {
    for (const list of [this.#window, this.#probation, this.#protected, this.#ghosts]) list.clear();
    this.#uses.clear();
    this.#places.length = 1;
    this.#stamps.length = 1;
    this.#size = 0;
  }

  #grow(): void {
    this.#places.push(NOWHERE);
    this.#stamps.push(0);
  }

  /** A key that went is asked for again. */
  #comeBack(slot: number): void {
    this.#ghosts.remove(slot);
    const stamp = this.#stamps[slot] ?? 0;
    const reach = Math.max(1, REGRET * this.#size);
    if (stamp > 0 && this.#turnedAway - stamp < reach) this.#moveWindow(RATE / reach);
  }

  /** The oldest of probation that was not used there; those before it are promoted. */
  #oldestUnused(): number {
    const probation = this.#probation;
    for (let { oldest } = probation; oldest !== NONE; oldest = probation.oldest) {
      if (!this.#uses.look(oldest)) return oldest;
      this.#moveWindow(-RATE / probation.size);
      probation.remove(oldest);
      this.#protected.add(oldest);
      this.#places[oldest] = PROTECTED;
      this.#shrinkProtected();
    }
    return NONE;
  }

  #moveWindow(change: number): void {
    this.#windowShare = Math.min(LARGEST_WINDOW, Math.max(SMALLEST_WINDOW, this.#windowShare + change));
    this.#allot();
  }

  #allot(): void {
    const size = this.#size;
    this.#roomsFor = size;
    this.#windowRoom = Math.max(1, Math.round(this.#windowShare * size));
    this.#protectedRoom = Math.floor(PROTECTED_SHARE * (1 - this.#windowShare) * size);
  }

  /** Makes room in the window for one. Returns the last that fell out, which is in no list then. */
  #shrinkWindow(): number {
    const window = this.#window;
    const room = this.#windowRoom - 1;
    let fallen = NONE;
    for (let { oldest } = window; oldest !== NONE && window.size > room; oldest = window.oldest) {
      if (this.#uses.look(oldest)) {
        window.touch(oldest);
        continue;
      }
      if (fallen !== NONE) this.#toProbation(fallen);
      fallen = oldest;
      window.remove(fallen);
    }
    return fallen;
  }

  #shrinkProtected(): void {
    const list = this.#protected;
    const room = this.#protectedRoom;
    for (let { oldest } = list; oldest !== NONE && list.size > room; oldest = list.oldest) {
      if (this.#uses.look(oldest)) {
        list.touch(oldest);
        continue;
      }
      list.remove(oldest);
      this.#toProbation(oldest);
    }
  }

  #toProbation(slot: number): void {
    this.#probation.add(slot);
    this.#places[slot] = PROBATION;
  }

  /** Keeps the keys of as many that went as there are entries. */
  #remember(victim: number, stamp: number): void {
    const ghosts = this.#ghosts;
    this.#stamps[victim] = stamp;
    this.#places[victim] = GHOSTS;
    ghosts.add(victim);
    for (let { oldest } = ghosts; oldest !== NONE && ghosts.size > this.#size; oldest = ghosts.oldest) {
      ghosts.remove(oldest);
      this.#places[oldest] = NOWHERE;
      if (oldest !== victim) this.#forget(oldest);
    }
  }
}
