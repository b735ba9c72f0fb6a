import type { TableColumn, WordColumn } from '../../workers/codec/record-table.js';
import type { Pack } from './segment.js';

/**
 * The words of a column one after another, and where each ends. The browser clones one string many times faster than the
 * thousand that it is made of.
 */
interface JoinedWords {
  readonly text: string;
  readonly ends: Uint32Array<ArrayBuffer>;
  readonly at?: WordColumn['at'];
}

type StoredColumn = TableColumn | JoinedWords;

/** A pack as IndexedDB holds it. */
export interface StoredPack {
  readonly times: Float64Array<ArrayBuffer>;
  readonly table: { readonly columns: readonly StoredColumn[] };
}

/** Fewer words are not worth it; nor are long ones, of which there are few. */
const FEWEST_WORDS = 16;
const LONGEST_AVERAGE = 256;
/** Shorter strings are copied anyway when they are cut out of others. */
const SHORT = 13;

/** A pack in the form in which it is stored. */
export function toStored(pack: Pack): Pack | StoredPack {
  if (!('table' in pack)) return pack;
  const { table, times } = pack;
  return { times: columnOf(times, table.columns), table: { ...table, columns: table.columns.map(join) } };
}

/** What was stored, in the form in which it was given; unchecked, as it is for the reader to say what is damaged. */
export function fromStored(kept: unknown): unknown {
  if (!hasColumns(kept)) return kept;
  return { ...kept, table: { ...kept.table, columns: kept.table.columns.map(split) } };
}

/** The column that holds the same times, where there is one: what is there twice is cloned once. */
function columnOf(times: Float64Array<ArrayBuffer>, columns: readonly TableColumn[]): Float64Array<ArrayBuffer> {
  for (const column of columns)
    if (column instanceof Float64Array && times.every((time, row) => time === column[row])) return column;
  return times;
}

function join(column: TableColumn): StoredColumn {
  if (!('words' in column) || column.words.length < FEWEST_WORDS) return column;
  const { words, at } = column;
  const ends = new Uint32Array(words.length);
  let length = 0;
  for (let word = 0; word < ends.length; word++) {
    const value = words[word];
    if (typeof value !== 'string') return column;
    length += value.length;
    ends[word] = length;
  }
  if (length > LONGEST_AVERAGE * ends.length) return column;
  return { text: words.join(''), ends, ...(at ? { at } : {}) };
}

function split(column: unknown): unknown {
  if (!isJoined(column)) return column;
  const { text, ends, at } = column;
  if (ends.at(-1) !== text.length) return column;
  const words: string[] = [];
  let start = 0;
  for (const end of ends) {
    words.push(detached(text.slice(start, end)));
    start = end;
  }
  return at ? { words, at } : { words };
}

/** Engines cut a string out of another by reference: an entry that an app keeps would keep the words of all others. */
const detached = (word: string): string => (word.length < SHORT ? word : ` ${word}`.slice(1));

const hasColumns = (kept: unknown): kept is { readonly table: { readonly columns: readonly unknown[] } } =>
  typeof kept === 'object' &&
  kept !== null &&
  'table' in kept &&
  typeof kept.table === 'object' &&
  kept.table !== null &&
  'columns' in kept.table &&
  Array.isArray(kept.table.columns);

const isJoined = (column: unknown): column is JoinedWords =>
  typeof column === 'object' &&
  column !== null &&
  'text' in column &&
  typeof column.text === 'string' &&
  'ends' in column &&
  column.ends instanceof Uint32Array;
