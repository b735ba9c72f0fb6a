import { places, type WordColumn } from './record-table.js';

/** Longer strings are not looked up: that would cost more than it saves. */
const LONGEST_WORD = 256;
/** After so many values it is seen whether looking them up is worth it. */
const TRIAL = 256;

/** Values with each word once. A look-up in a map costs less than comparing with the word before: strings cache their hash. */
export function wordsOf(values: readonly unknown[]): WordColumn {
  const known = new Map<unknown, number>();
  const words: unknown[] = [];
  const at = places(values.length);
  let looking = true;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (row === TRIAL) looking = words.length < TRIAL * 0.9;
    const short = looking && isShort(value);
    const word = (short ? known.get(value) : undefined) ?? words.length;
    if (word === words.length) {
      words.push(value);
      if (short) known.set(value, word);
    }
    at[row] = word;
  }
  return words.length === values.length ? { words } : { words, at };
}

/** Objects should be copies for each row, as they are in the log; numbers take no more room than their places would. */
function isShort(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= LONGEST_WORD;
  return typeof value === 'object' ? value === null : typeof value !== 'number';
}
