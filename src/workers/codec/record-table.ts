import { isPlainObject } from '../../core/json-faithful.js';

/** Values that come again are there once: `at` tells the word of each row; without it every row has a word of its own. */
export interface WordColumn {
  readonly words: readonly unknown[];
  readonly at?: Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;
}

/** One field of all rows; numbers lie side by side. */
export type TableColumn = Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | WordColumn;

/**
 * Rows of objects, kept by column: cloning it costs a fraction of what cloning the objects costs, any value that can be
 * cloned may be in it, and single rows can be read without making all.
 */
export interface RecordTable {
  readonly count: number;
  readonly keys: readonly string[];
  /** For each key the values of all rows; undefined for rows that don't have it. */
  readonly columns: readonly TableColumn[];
  /** For each kind of row the places of its keys in `keys`, in its own order; the kind `null` is no plain object. */
  readonly shapes: readonly (readonly number[] | null)[];
  /** The kind of each row; left out where all are of the first. */
  readonly kinds?: Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;
  /** The rows that are no plain objects, at their places; left out where there is none. */
  readonly whole?: TableColumn;
}

/** Longer strings are not looked up: that would cost more than it saves. */
const LONGEST_WORD = 256;
/** After so many values it is seen whether looking them up is worth it. */
const TRIAL = 256;

/** Rows as a table. Values in them are kept by reference. @throws what a getter of a row throws */
export function tableOf(rows: readonly unknown[]): RecordTable {
  return alikeTable(rows) ?? mixedTable(rows);
}

/** The value of a row of a column. */
export function valueAt(column: TableColumn, row: number): unknown {
  if (!('words' in column)) return column[row];
  return column.words[column.at ? (column.at[row] ?? 0) : row];
}

/** One row as it was added. */
export function rowAt({ keys, columns, shapes, kinds, whole }: RecordTable, at: number): unknown {
  const shape = shapes[kinds?.[at] ?? 0];
  if (!shape) return whole && valueAt(whole, at);
  const row: Record<string, unknown> = {};
  for (const place of shape) {
    const key = keys[place] ?? '';
    const column = columns[place];
    const value = column && valueAt(column, at);
    if (key === '__proto__')
      Object.defineProperty(row, key, { value, enumerable: true, writable: true, configurable: true });
    else row[key] = value;
  }
  return row;
}

/** All rows as they were added. */
export const rowsOf = (table: RecordTable): unknown[] =>
  Array.from({ length: table.count }, (_, at) => rowAt(table, at));

/** Numbers for words or kinds, of which there are at most `count`. */
export const places = (count: number): Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> =>
  count > 65_536 ? new Uint32Array(count) : new Uint16Array(count);

/** Rows that have the same keys in the same order, in one pass, as this is the hot path; undefined where they differ. */
function alikeTable(rows: readonly unknown[]): RecordTable | undefined {
  const [first] = rows;
  if (!isPlainObject(first)) return undefined;
  const keys = Object.keys(first);
  const values = keys.map((): unknown[] => new Array(rows.length));
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at];
    if (!isPlainObject(row)) return undefined;
    let place = 0;
    for (const key in row) {
      const column = values[place];
      if (column === undefined || key !== keys[place++]) return undefined;
      column[at] = row[key];
    }
    if (place !== keys.length) return undefined;
  }
  return { count: rows.length, keys, columns: values.map(columnOf), shapes: [keys.map((_, place) => place)] };
}

function mixedTable(rows: readonly unknown[]): RecordTable {
  const placeOf = new Map<string, number>();
  const kindOf = new Map<string, number>();
  const shapes: (readonly number[] | null)[] = [];
  const values: unknown[][] = [];
  const whole: unknown[] = new Array(rows.length).fill(undefined);
  const kinds = places(rows.length);
  for (const [at, row] of rows.entries()) {
    const keys = isPlainObject(row) ? Object.keys(row) : undefined;
    const name = keys ? JSON.stringify(keys) : '';
    const kind = kindOf.get(name) ?? shapes.length;
    if (kind === shapes.length) {
      kindOf.set(name, kind);
      for (const key of keys ?? []) if (!placeOf.has(key)) placeOf.set(key, placeOf.size);
      while (values.length < placeOf.size) values.push(new Array(rows.length).fill(undefined));
      shapes.push(keys?.map((key) => placeOf.get(key) ?? 0) ?? null);
    }
    kinds[at] = kind;
    if (!isPlainObject(row)) whole[at] = row;
    else for (const key of keys ?? []) Reflect.set(values[placeOf.get(key) ?? 0] ?? [], at, row[key]);
  }
  return {
    count: rows.length,
    keys: [...placeOf.keys()],
    columns: values.map(columnOf),
    shapes,
    ...(shapes.length > 1 ? { kinds } : {}),
    ...(shapes.includes(null) ? { whole: columnOf(whole) } : {}),
  };
}

function columnOf(values: readonly unknown[]): TableColumn {
  if (typeof values[0] !== 'number') return wordsOf(values);
  return integersOf(values) ?? numbersOf(values) ?? wordsOf(values);
}

function integersOf(values: readonly unknown[]): Int32Array<ArrayBuffer> | undefined {
  const column = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (typeof value !== 'number') return undefined;
    column[row] = value;
    if (column[row] !== value || isNegativeZero(value)) return undefined;
  }
  return column;
}

function numbersOf(values: readonly unknown[]): Float64Array<ArrayBuffer> | undefined {
  const column = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (typeof value !== 'number') return undefined;
    column[row] = value;
  }
  return column;
}

const isNegativeZero = (value: unknown): boolean => value === 0 && Object.is(value, -0);

function wordsOf(values: readonly unknown[]): WordColumn {
  const known = new Map<unknown, number>();
  const words: unknown[] = [];
  const at = places(values.length);
  let last: unknown;
  let lastAt = -1;
  let looking = true;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    // The same word as before is the most likely one. Zeros are equal, but not the same.
    if (lastAt >= 0 && value === last && value !== 0) {
      at[row] = lastAt;
      continue;
    }
    if (row === TRIAL) looking = words.length < TRIAL * 0.9;
    const short = looking && isShort(value);
    const word = (short ? known.get(value) : undefined) ?? words.length;
    if (word === words.length) {
      words.push(value);
      if (short) known.set(value, word);
    }
    at[row] = word;
    last = value;
    lastAt = word;
  }
  return words.length === values.length ? { words } : { words, at };
}

/** Objects would be one and the same for all rows that have them; they should be copies, as they are in the log. */
function isShort(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= LONGEST_WORD;
  return typeof value !== 'object' ? !isNegativeZero(value) : value === null;
}

/** Whether something that was stored has the form of a table. */
export function isRecordTable(value: unknown): value is RecordTable {
  return (
    typeof value === 'object' &&
    value !== null &&
    'count' in value &&
    typeof value.count === 'number' &&
    'keys' in value &&
    Array.isArray(value.keys) &&
    'columns' in value &&
    Array.isArray(value.columns) &&
    value.columns.length === value.keys.length &&
    value.columns.every(isColumn) &&
    'shapes' in value &&
    Array.isArray(value.shapes)
  );
}

const isColumn = (value: unknown): value is TableColumn =>
  value instanceof Int32Array ||
  value instanceof Float64Array ||
  (typeof value === 'object' && value !== null && 'words' in value && Array.isArray(value.words));
