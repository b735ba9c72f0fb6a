/** Uses are counted up to this, in two bits. */
const MOST_USES = 3;
const USED = 4;
const PLACE = 0b111_000;
const EPOCH_AT = 6;
/** Epochs begin again after this: a state stays a small integer. */
const MOST_EPOCHS = 2 ** 24 - 1;
/** Counts are halved each time there were this many uses for each entry. */
const HALVED_AFTER = 10;

/** Where a slot stands. */
export const NOWHERE = 0b000_000;
export const WINDOW = 0b001_000;
export const PROBATION = 0b010_000;
export const PROTECTED = 0b011_000;
/** The key went, and is remembered. */
export const GHOST = 0b100_000;
/** The same, of one that the window turned away. */
export const TURNED_AWAY = 0b101_000;

/**
 * Where slots stand, how often they were used of late, and whether since they were last looked at. One number for each slot
 * says it all: the epoch of its last use, its place, a mark, and its uses until then; so that a use and a move touch little
 * memory, and nothing has to be halved but the count that is asked for.
 */
export class SlotStates {
  readonly #states: number[] = [0];
  #epoch = 0;
  #usesInEpoch = 0;
  #usesPerEpoch = 0;
  #mostUsed = USED | MOST_USES;

  /** A slot is used by a key that was used so often before; `size` entries are there. */
  start(slot: number, place: number, usesBefore: number, size: number): void {
    const state = this.#stateOf(usesBefore + 1) | place;
    if (slot === this.#states.length) this.#states.push(state);
    else this.#states[slot] = state;
    this.#count(size);
  }

  placeOf(slot: number): number {
    return (this.#states[slot] ?? 0) & PLACE;
  }

  move(slot: number, place: number): void {
    this.#states[slot] = ((this.#states[slot] ?? 0) & ~PLACE) | place;
  }

  /** The key of a slot is used again. */
  use(slot: number, size: number): void {
    const state = this.#states[slot] ?? 0;
    if ((state & ~PLACE) !== this.#mostUsed)
      this.#states[slot] = USED | (state & PLACE) | this.#stateOf(this.usesOf(slot) + 1);
    this.#count(size);
  }

  /** The uses of a slot, 0 to 3. */
  usesOf(slot: number): number {
    const state = this.#states[slot] ?? 0;
    const epochs = (this.#epoch - (state >> EPOCH_AT)) & MOST_EPOCHS;
    return epochs > 1 ? 0 : (state & MOST_USES) >> epochs;
  }

  /** Looks at a slot: whether it was used again since it was last looked at. */
  look(slot: number): boolean {
    const state = this.#states[slot] ?? 0;
    if (!(state & USED)) return false;
    this.#states[slot] = state & ~USED;
    return true;
  }

  /** Forgets the slots. */
  clear(): void {
    this.#states.length = 1;
  }

  #stateOf(uses: number): number {
    return (this.#epoch << EPOCH_AT) | (uses < MOST_USES ? uses : MOST_USES);
  }

  #count(size: number): void {
    if (++this.#usesInEpoch > this.#usesPerEpoch) this.#nextEpoch(size);
  }

  #nextEpoch(size: number): void {
    this.#usesPerEpoch = HALVED_AFTER * size;
    if (this.#usesInEpoch <= this.#usesPerEpoch) return;
    this.#usesInEpoch = 0;
    this.#epoch = (this.#epoch + 1) & MOST_EPOCHS;
    this.#mostUsed = USED | this.#stateOf(MOST_USES);
  }
}
