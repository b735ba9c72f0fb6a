/*
 * Records by column, as version 1 of the log's database held them in compressed segments: numbers that grow as
 * differences, strings that come again once. Only read any more.
 */

/** One field of all records. `absent` and `blank` (undefined) tell rows that have no value of it. */
interface Column {
  readonly key: string | null;
  readonly kind: 'delta' | 'date' | 'words' | 'json';
  readonly values: readonly unknown[];
  readonly words?: readonly string[];
  readonly absent?: readonly number[];
  readonly blank?: readonly number[];
}

interface Table {
  readonly rows: number;
  readonly columns: readonly Column[];
}

/** @throws SyntaxError, TypeError on other text */
export function decodeColumns(text: string): unknown[] {
  const { rows, columns }: Table = JSON.parse(text);
  const [only] = columns;
  if (only?.key === null) return decodeColumn(only);
  const records: Record<string, unknown>[] = Array.from({ length: rows }, () => ({}));
  for (const column of columns) {
    const { key, absent = [], blank = [] } = column;
    const skipped = new Set(absent);
    const undefinedRows = new Set(blank);
    const values = decodeColumn(column);
    let at = 0;
    for (const [row, record] of records.entries()) {
      if (skipped.has(row)) continue;
      // Defined, not assigned: a field may be called __proto__.
      const value = undefinedRows.has(row) ? undefined : values[at++];
      Object.defineProperty(record, key ?? '', { value, enumerable: true, writable: true, configurable: true });
    }
  }
  return records;
}

function decodeColumn({ kind, values, words = [] }: Column): unknown[] {
  switch (kind) {
    case 'delta':
      return sums(values);
    case 'date':
      return sums(values).map((time) => new Date(time));
    case 'words':
      return values.map((index) => words[Number(index)]);
    case 'json':
      return [...values];
  }
}

function sums(values: readonly unknown[]): number[] {
  let sum = 0;
  return values.map((value) => {
    sum += Number(value);
    return sum;
  });
}
