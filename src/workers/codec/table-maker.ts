import { isPlainObject } from '../../core/json-faithful.js';
import { estimateBytes } from '../../core/size-estimate.js';
import type { Bytes } from '../../core/units.js';
import { places, type RecordTable, type TableColumn } from './record-table.js';
import { wordsOf } from './word-column.js';

/** The first rows of some as a table, and about how many bytes they take. */
export interface MeasuredTable {
  readonly table: RecordTable;
  readonly bytes: Bytes;
}

/** Rows as a table. Values in them are kept by reference. @throws what a getter of a row throws */
export const tableOf = (rows: readonly unknown[]): RecordTable => tableUpTo(rows, Number.POSITIVE_INFINITY).table;

/** As many rows, from the first, as reach `maxBytes`; at least one. @throws what a getter of a row throws */
export function tableUpTo(rows: readonly unknown[], maxBytes: Bytes): MeasuredTable {
  return alikeTable(rows, maxBytes) ?? mixedUpTo(rows, maxBytes);
}

/** Rows that have the same keys in the same order, in one pass, as this is the hot path; undefined where they differ. */
function alikeTable(rows: readonly unknown[], maxBytes: Bytes): MeasuredTable | undefined {
  const [first] = rows;
  if (!isPlainObject(first)) return undefined;
  const keys = Object.keys(first);
  const values = keys.map((): unknown[] => new Array(rows.length));
  let bytes: Bytes = 0;
  let count = 0;
  while (count < rows.length && bytes < maxBytes) {
    const row = rows[count];
    if (!isPlainObject(row)) return undefined;
    let place = 0;
    for (const key in row) {
      const column = values[place];
      if (column === undefined || key !== keys[place++]) return undefined;
      const value = row[key];
      column[count] = value;
      bytes += bytesOf(value);
    }
    if (place !== keys.length) return undefined;
    count++;
  }
  if (count < rows.length) for (const column of values) column.length = count;
  return { table: { count, keys, columns: columnsOf(values), shapes: [keys.map((_, place) => place)] }, bytes };
}

function mixedUpTo(rows: readonly unknown[], maxBytes: Bytes): MeasuredTable {
  let bytes: Bytes = 0;
  let count = 0;
  while (count < rows.length && bytes < maxBytes) bytes += estimateBytes(rows[count++]);
  return { table: mixedTable(count < rows.length ? rows.slice(0, count) : rows), bytes };
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
  const [wholeColumn, ...columns] = columnsOf([whole, ...values]);
  return {
    count: rows.length,
    keys: [...placeOf.keys()],
    columns,
    shapes,
    ...(shapes.length > 1 ? { kinds } : {}),
    ...(wholeColumn && shapes.includes(null) ? { whole: wholeColumn } : {}),
  };
}

function columnsOf(values: readonly (readonly unknown[])[]): TableColumn[] {
  return values.map((column) => integersOf(column) ?? numbersOf(column) ?? wordsOf(column));
}

function integersOf(values: readonly unknown[]): Int32Array<ArrayBuffer> | undefined {
  if (typeof values[0] !== 'number') return undefined;
  const column = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (typeof value !== 'number') return undefined;
    column[row] = value;
    if (column[row] !== value || (value === 0 && Object.is(value, -0))) return undefined;
  }
  return column;
}

function numbersOf(values: readonly unknown[]): Float64Array<ArrayBuffer> | undefined {
  if (typeof values[0] !== 'number') return undefined;
  const column = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (typeof value !== 'number') return undefined;
    column[row] = value;
  }
  return column;
}

function bytesOf(value: unknown): Bytes {
  if (typeof value === 'string') return value.length;
  return typeof value === 'object' ? estimateBytes(value) : 8;
}
