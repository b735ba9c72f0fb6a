/** Values that come again soon are there once: `at` tells the word of each row; without it every row has a word of its own. */
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

/** Whether no row holds an object, which its owner might change. */
export const isFixed = ({ columns, whole }: RecordTable): boolean =>
  !whole && columns.every((column) => !('words' in column) || column.words.every(isPrimitive));

const isPrimitive = (value: unknown): boolean => typeof value !== 'object' || value === null;

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
