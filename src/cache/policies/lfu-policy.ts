import { NONE } from '../slots.js';
import type { ForgettingPolicy } from './policy.js';
import { Links, SlotList } from './slot-list.js';

/** The slots that were used equally often, between those used less and those used more. */
class Rung extends SlotList {
  readonly uses: number;
  less: Rung | undefined = undefined;
  more: Rung | undefined = undefined;

  constructor(uses: number, links: Links) {
    super(links);
    this.uses = uses;
  }
}

/**
 * The least frequently used entry goes; among equals, the least recently used (Shah, Mitra & Matani 2010: a list of
 * lists by frequency). Uses are counted from when the entry came, and are not aged.
 */
export class LfuPolicy implements ForgettingPolicy {
  #links = new Links();
  /** Where each slot stands. */
  #rungs: (Rung | undefined)[] = [undefined];
  #lowest: Rung | undefined;

  add(slot: number): void {
    const lowest = this.#lowest;
    this.#append(slot, lowest?.uses === 1 ? lowest : this.#insert(1, undefined, lowest));
  }

  touch(slot: number): void {
    const rung = this.#rungs[slot];
    if (!rung) return;
    const { more, uses } = rung;
    const next = more?.uses === uses + 1 ? more : this.#insert(uses + 1, rung, more);
    this.remove(slot);
    this.#append(slot, next);
  }

  remove(slot: number): void {
    const rung = this.#rungs[slot];
    if (!rung) return;
    rung.remove(slot);
    if (rung.size > 0) return;
    const { less, more } = rung;
    if (less) less.more = more;
    else this.#lowest = more;
    if (more) more.less = less;
  }

  evict(): number {
    const slot = this.#lowest?.oldest ?? NONE;
    if (slot !== NONE) this.remove(slot);
    return slot;
  }

  renew(): number {
    const slot = this.evict();
    this.add(slot);
    return slot;
  }

  clear(): void {
    this.#links = new Links();
    this.#rungs = [undefined];
    this.#lowest = undefined;
  }

  #append(slot: number, rung: Rung): void {
    rung.add(slot);
    this.#rungs[slot] = rung;
  }

  #insert(uses: number, less: Rung | undefined, more: Rung | undefined): Rung {
    const rung = new Rung(uses, this.#links);
    rung.less = less;
    rung.more = more;
    if (less) less.more = rung;
    else this.#lowest = rung;
    if (more) more.less = rung;
    return rung;
  }
}
