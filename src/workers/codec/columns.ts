import { isJsonFaithful, isPlainObject } from '../../core/json-faithful.js';

/**
 * Records by column instead of by row: values that are alike lie side by side, so that gzip finds them. Numbers that grow
 * are kept as differences, strings that come again once. What JSON can't carry exactly is refused, never changed.
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

/** The records as text; undefined where one holds what JSON would change (a Map, NaN, a cycle, a class's instance …). */
export function encodeColumns(records: readonly unknown[]): string | undefined {
  const plain = records.every(isPlainObject);
  if (!plain && records.some((record) => !isJsonFaithful(record))) return undefined;
  const columns: Column[] = [];
  for (const key of plain ? keysOf(records) : [null]) {
    const column = encodeColumn(key, records);
    if (!column) return undefined;
    columns.push(column);
  }
  return JSON.stringify({ rows: records.length, columns } satisfies Table);
}

/** @throws SyntaxError, TypeError on what `encodeColumns` did not make */
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

function keysOf(records: readonly object[]): string[] {
  const keys = new Set<string>();
  for (const record of records) for (const key of Object.keys(record)) keys.add(key);
  return [...keys];
}

function encodeColumn(key: string | null, records: readonly unknown[]): Column | undefined {
  const values: unknown[] = [];
  const absent: number[] = [];
  const blank: number[] = [];
  for (const [row, record] of records.entries()) {
    if (key === null) values.push(record);
    else if (!isPlainObject(record) || !Object.hasOwn(record, key)) absent.push(row);
    else if (record[key] === undefined) blank.push(row);
    else values.push(record[key]);
  }
  const rows = { key, ...(absent.length > 0 ? { absent } : {}), ...(blank.length > 0 ? { blank } : {}) };
  if (values.every(isInteger)) return { ...rows, kind: 'delta', values: differences(values) };
  if (values.every(isDate)) return { ...rows, kind: 'date', values: differences(values.map((date) => date.getTime())) };
  if (values.every((value) => typeof value === 'string')) return { ...rows, ...encodeWords(values) };
  return values.every((value) => isJsonFaithful(value)) ? { ...rows, kind: 'json', values } : undefined;
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

/** Strings once each, where many come again. */
function encodeWords(values: readonly string[]): Pick<Column, 'kind' | 'values' | 'words'> {
  const indexes = new Map<string, number>();
  const places = values.map((value) => {
    const known = indexes.get(value);
    if (known !== undefined) return known;
    indexes.set(value, indexes.size);
    return indexes.size - 1;
  });
  if (indexes.size > values.length / 2) return { kind: 'json', values };
  return { kind: 'words', values: places, words: [...indexes.keys()] };
}

function differences(values: readonly number[]): number[] {
  return values.map((value, at) => value - (at === 0 ? 0 : (values[at - 1] ?? 0)));
}

function sums(values: readonly unknown[]): number[] {
  let sum = 0;
  return values.map((value) => {
    sum += Number(value);
    return sum;
  });
}

/** Half of what is safe, so that differences are exact too. */
const LARGEST = Number.MAX_SAFE_INTEGER / 2;
const isInteger = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < LARGEST && !Object.is(value, -0);
const isDate = (value: unknown): value is Date => value instanceof Date && Number.isInteger(value.getTime());
