import { VarintReader, VarintWriter } from './varints.js';

/** What a row's word is: the one that its partner tells, one that is new, or another that was there before. */
const Guess = { RIGHT: 0, NEW: 1, OTHER: 2 } as const;

/** For each row which word it has, as two rows of bytes: for each row a guess, and how far back the others are. */
export interface GuessedPlaces {
  readonly guesses: Uint8Array<ArrayBuffer>;
  readonly others: Uint8Array<ArrayBuffer>;
  /** Guesses that were right. */
  readonly right: number;
}

/**
 * Fields of a log go together: a host has one agent, a file one size. So a row's word is guessed to be the one that the
 * last row had with the same word in another column (`by`; without one: the word of the row before).
 * @param at words by the order in which they first come
 */
export function guessPlaces(at: ArrayLike<number>, by: ArrayLike<number> | undefined): GuessedPlaces {
  const guesses = new Uint8Array(at.length);
  const others = new VarintWriter();
  const last = new Map<number, number>();
  let known = 0;
  let right = 0;
  for (let row = 0; row < at.length; row++) {
    const word = at[row] ?? 0;
    const partner = by?.[row] ?? 0;
    if (last.get(partner) === word) {
      right++;
    } else if (word === known) {
      guesses[row] = Guess.NEW;
      known++;
    } else {
      guesses[row] = Guess.OTHER;
      others.write(known - word);
    }
    last.set(partner, word);
  }
  return { guesses, others: others.finish(), right };
}

/** Undoes `guessPlaces`. @throws RangeError on other bytes */
export function placesFrom(guesses: Uint8Array, others: Uint8Array, by: ArrayLike<number> | undefined): number[] {
  const at: number[] = [];
  const reader = new VarintReader(others);
  const last = new Map<number, number>();
  let known = 0;
  for (let row = 0; row < guesses.length; row++) {
    const partner = by?.[row] ?? 0;
    const guess = guesses[row];
    const word =
      guess === Guess.RIGHT ? (last.get(partner) ?? 0) : guess === Guess.NEW ? known++ : known - reader.read();
    at.push(word);
    last.set(partner, word);
  }
  return at;
}
