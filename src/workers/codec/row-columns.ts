/** Rows of objects by column, as version 1 of the log's database held them; only read any more. */
export interface RowColumns {
  readonly count: number;
  readonly keys: readonly string[];
  /** For each key its values, of the rows that have it, in order. */
  readonly columns: readonly (readonly unknown[])[];
  /** For each kind of row the places of its keys in `keys`, in its own order; the kind `null` is no plain object. */
  readonly shapes: readonly (readonly number[] | null)[];
  /** The kind of each row; empty where all are of the first. */
  readonly kinds: readonly number[];
  /** The rows that are no plain objects, in order. */
  readonly whole: readonly unknown[];
}

/** The rows as they were added. */
export function toRows({ count, keys, columns, shapes, kinds, whole }: RowColumns): unknown[] {
  const rows: unknown[] = [];
  const next = columns.map(() => 0);
  let wholeAt = 0;
  for (let at = 0; at < count; at++) {
    const shape = shapes[kinds[at] ?? 0];
    if (!shape) {
      rows.push(whole[wholeAt++]);
      continue;
    }
    const row: Record<string, unknown> = {};
    for (const place of shape) {
      const key = keys[place] ?? '';
      const index = next[place] ?? 0;
      next[place] = index + 1;
      const value = columns[place]?.[index];
      if (key === '__proto__')
        Object.defineProperty(row, key, { value, enumerable: true, writable: true, configurable: true });
      else row[key] = value;
    }
    rows.push(row);
  }
  return rows;
}

/** Whether something that was stored has the form of rows by column. */
export function isRowColumns(value: unknown): value is RowColumns {
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
    'shapes' in value &&
    Array.isArray(value.shapes) &&
    'kinds' in value &&
    Array.isArray(value.kinds) &&
    'whole' in value &&
    Array.isArray(value.whole)
  );
}
