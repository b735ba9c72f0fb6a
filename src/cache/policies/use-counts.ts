/** Uses are counted up to this, in two bits. */
const MOST_USES = 3;
const USED = 4;
const EPOCH_AT = 3;
/** Counts are halved each time there were this many uses for each entry. */
const HALVED_AFTER = 10;

/**
 * How often slots were used of late, and whether since they were last looked at. One number for each slot says it all: the
 * epoch of its last use, a mark, and its uses until then; so that nothing has to be halved but the count that is asked for.
 */
export class UseCounts {
  readonly #ranks: number[] = [0];
  #epoch = 0;
  #usesInEpoch = 0;
  #usesPerEpoch = 0;
  #mostRank = USED | MOST_USES;

  /** A slot is used by a key that was used so often before; `size` entries are there. */
  start(slot: number, usesBefore: number, size: number): void {
    const rank = this.#rankOf(usesBefore + 1);
    if (slot === this.#ranks.length) this.#ranks.push(rank);
    else this.#ranks[slot] = rank;
    this.#count(size);
  }

  /** The key of a slot is used again. */
  add(slot: number, size: number): void {
    if (this.#ranks[slot] !== this.#mostRank) this.#ranks[slot] = USED | this.#rankOf(this.of(slot) + 1);
    this.#count(size);
  }

  /** The uses of a slot, 0 to 3. */
  of(slot: number): number {
    const rank = this.#ranks[slot] ?? 0;
    const epochs = this.#epoch - (rank >> EPOCH_AT);
    return epochs > 1 ? 0 : (rank & MOST_USES) >> epochs;
  }

  /** Looks at a slot: whether it was used again since it was last looked at. */
  look(slot: number): boolean {
    const rank = this.#ranks[slot] ?? 0;
    if (!(rank & USED)) return false;
    this.#ranks[slot] = rank & ~USED;
    return true;
  }

  /** Forgets the slots. */
  clear(): void {
    this.#ranks.length = 1;
  }

  #rankOf(uses: number): number {
    return (this.#epoch << EPOCH_AT) | (uses < MOST_USES ? uses : MOST_USES);
  }

  #count(size: number): void {
    if (++this.#usesInEpoch > this.#usesPerEpoch) this.#nextEpoch(size);
  }

  #nextEpoch(size: number): void {
    this.#usesPerEpoch = HALVED_AFTER * size;
    if (this.#usesInEpoch <= this.#usesPerEpoch) return;
    this.#usesInEpoch = 0;
    this.#epoch++;
    this.#mostRank = USED | this.#rankOf(MOST_USES);
  }
}
