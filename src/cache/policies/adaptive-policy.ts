import { NONE } from '../slots.js';
import { GhostRing } from './ghost-ring.js';
import type { RememberingPolicy } from './policy.js';
import { Links, SlotList } from './slot-list.js';
import { GHOST, NOWHERE, PROBATION, PROTECTED, SlotStates, TURNED_AWAY, WINDOW } from './slot-states.js';

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
/** So many keys that went are remembered, as a share of the cache. */
const GHOST_SHARE = 0.5;

/**
 * Recency against frequency, after W-TinyLFU (Einziger, Friedman & Manes 2017). New keys enter a window; what falls out of
 * it stays only if it was used more often than the oldest of the main part, which is segmented.
 *
 * Three things differ. A use only marks its entry, so that a hit moves nothing: an entry that would go is looked at, and
 * gets a second chance where it was used since (as in CLOCK and SIEVE); each look was paid for by a use. Uses are counted
 * for the entries, and for half as many keys that went: no hash of a key is needed. And the window does not climb by trial: it
 * grows when a key that it turned away lately is asked for again, and shrinks when the oldest of the main part are used,
 * each in proportion, so that it settles where both would gain the same.
 */
export class AdaptivePolicy implements RememberingPolicy {
  readonly #forget: (slot: number) => void;
  readonly #window: SlotList;
  readonly #probation: SlotList;
  readonly #protected: SlotList;
  readonly #ghosts = new GhostRing();
  readonly #states = new SlotStates();
  #size = 0;
  #windowShare = FIRST_WINDOW;
  /** What the parts have room for, where `#roomsFor` entries are there. */
  #windowRoom = 0;
  #protectedRoom = 0;
  #ghostRoom = 0;
  #roomsFor = 0;

  constructor(forget: (slot: number) => void) {
    this.#forget = forget;
    const links = new Links();
    this.#window = new SlotList(links);
    this.#probation = new SlotList(links);
    this.#protected = new SlotList(links);
  }

  add(slot: number): void {
    let uses = 0;
    const place = this.#states.placeOf(slot);
    if (place >= GHOST) {
      uses = this.#states.usesOf(slot);
      this.#comeBack(slot, place);
    }
    this.#states.start(slot, WINDOW, uses, this.#size);
    this.#window.add(slot);
    this.#size++;
  }

  touch(slot: number): void {
    this.#states.use(slot, this.#size);
  }

  remove(slot: number): void {
    const place = this.#states.placeOf(slot);
    if (place === WINDOW) this.#window.remove(slot);
    else if (place === PROBATION) this.#probation.remove(slot);
    else this.#protected.remove(slot);
    this.#states.move(slot, NOWHERE);
    this.#size--;
  }

  evict(): number {
    if (this.#roomsFor !== this.#size) this.#allot();
    const candidate = this.#shrinkWindow();
    this.#shrinkProtected();
    const oldest = this.#oldestUnused();
    if (candidate !== NONE && (oldest === NONE || this.#states.usesOf(candidate) <= this.#states.usesOf(oldest))) {
      this.#size--;
      this.#remember(candidate, TURNED_AWAY);
      return candidate;
    }
    const victim = oldest || this.#protected.oldest || this.#window.oldest;
    if (victim === NONE) return NONE;
    this.remove(victim);
    if (candidate !== NONE) this.#toProbation(candidate);
    this.#remember(victim, GHOST);
    return victim;
  }

  remembers(slot: number): boolean {
    return this.#states.placeOf(slot) >= GHOST;
  }

  clear(): void {
    for (const list of [this.#window, this.#probation, this.#protected]) list.clear();
    this.#ghosts.clear();
    this.#states.clear();
    this.#size = 0;
  }

  /** A key that went is asked for again. */
  #comeBack(slot: number, place: number): void {
    const ago = this.#ghosts.takeBack(slot);
    const reach = Math.max(1, REGRET * this.#size);
    if (place === TURNED_AWAY && ago < reach) this.#moveWindow(RATE / reach);
  }

  /** The oldest of probation that was not used there; those before it are promoted. */
  #oldestUnused(): number {
    const probation = this.#probation;
    for (let { oldest } = probation; oldest !== NONE; oldest = probation.oldest) {
      if (!this.#states.look(oldest)) return oldest;
      this.#moveWindow(-RATE / probation.size);
      probation.remove(oldest);
      this.#protected.add(oldest);
      this.#states.move(oldest, PROTECTED);
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
    this.#ghostRoom = Math.ceil(GHOST_SHARE * size);
  }

  /** Makes room in the window for one. Returns the last that fell out, which is in no list then. */
  #shrinkWindow(): number {
    const window = this.#window;
    const room = this.#windowRoom - 1;
    let fallen = NONE;
    for (let { oldest } = window; oldest !== NONE && window.size > room; oldest = window.oldest) {
      if (this.#states.look(oldest)) {
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
      if (this.#states.look(oldest)) {
        list.touch(oldest);
        continue;
      }
      list.remove(oldest);
      this.#toProbation(oldest);
    }
  }

  #toProbation(slot: number): void {
    this.#probation.add(slot);
    this.#states.move(slot, PROBATION);
  }

  /** Keeps the keys of those that went lately. */
  #remember(victim: number, place: number): void {
    const ghosts = this.#ghosts;
    this.#states.move(victim, place);
    ghosts.add(victim);
    const room = this.#ghostRoom;
    for (let old = ghosts.shiftBeyond(room); old !== NONE; old = ghosts.shiftBeyond(room)) {
      this.#states.move(old, NOWHERE);
      if (old !== victim) this.#forget(old);
    }
  }
}
