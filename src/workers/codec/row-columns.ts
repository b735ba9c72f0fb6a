import { isPlainObject } from '../../core/json-faithful.js';
import { estimateBytes } from '../../core/size-estimate.js';
import type { Bytes } from '../../core/units.js';

/**
 * Rows of objects, kept by column: what all rows have in common, their keys, is there once. Cloning it costs about half of
 * what cloning the objects costs, and any value that can be cloned may be in it.
 */
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

/** Takes rows one by one. */
export class RowColumnsBuilder {
  #count = 0;
  readonly #keys: string[] = [];
  readonly #columns: unknown[][] = [];
  readonly #places = new Map<string, number>();
  readonly #shapes: (readonly number[] | null)[] = [];
  readonly #shapeByKeys = new Map<string, number>();
  readonly #kinds: number[] = [];
  readonly #whole: unknown[] = [];
  /** Of the row before, which the next is most likely like: its kind, its keys, and where their values go. */
  #kind = -1;
  #kindKeys: readonly string[] = [];
  #kindColumns: readonly unknown[][] = [];

  /** Adds a row. @returns about how many bytes it takes @throws what a getter of the row throws; nothing is added then */
  add(row: unknown): Bytes {
    if (!isPlainObject(row)) return this.#addWhole(row);
    return this.#addLike(row) ?? this.#addOther(row);
  }

  /** What was added so far. The builder must not be used any more. */
  finish(): RowColumns {
    const alike = this.#shapes.length === 1;
    return {
      count: this.#count,
      keys: this.#keys,
      columns: this.#columns,
      shapes: this.#shapes,
      kinds: alike ? [] : this.#kinds,
      whole: this.#whole,
    };
  }

  /** Adds a row that has the keys of the row before; undefined where it has others. One pass, as this is the hot path. */
  #addLike(row: Readonly<Record<string, unknown>>): Bytes | undefined {
    const keys = this.#kindKeys;
    const columns = this.#kindColumns;
    let bytes: Bytes = 0;
    let at = 0;
    let alike = this.#kind >= 0;
    try {
      for (const key in row) {
        alike &&= key === keys[at];
        if (!alike) break;
        const value = row[key];
        columns[at++]?.push(value);
        bytes += typeof value === 'string' ? value.length : typeof value === 'object' ? estimateBytes(value) : 8;
      }
      alike &&= at === keys.length;
    } catch (cause) {
      alike = false;
      throw cause;
    } finally {
      if (!alike) while (at-- > 0) columns[at]?.pop();
    }
    if (!alike) return undefined;
    this.#kinds.push(this.#kind);
    this.#count++;
    return bytes;
  }

  #addOther(row: Readonly<Record<string, unknown>>): Bytes {
    const keys = Object.keys(row);
    const name = JSON.stringify(keys);
    let kind = this.#shapeByKeys.get(name);
    if (kind === undefined) {
      kind = this.#shapes.length;
      this.#shapeByKeys.set(name, kind);
      this.#shapes.push(keys.map((key) => this.#placeOf(key)));
    }
    this.#kind = kind;
    this.#kindKeys = keys;
    this.#kindColumns = (this.#shapes[kind] ?? []).map((place) => this.#columns[place] ?? []);
    return this.#addLike(row) ?? 0;
  }

  #addWhole(row: unknown): Bytes {
    let kind = this.#shapeByKeys.get('');
    if (kind === undefined) {
      kind = this.#shapes.length;
      this.#shapeByKeys.set('', kind);
      this.#shapes.push(null);
    }
    this.#whole.push(row);
    this.#kinds.push(kind);
    this.#count++;
    return estimateBytes(row);
  }

  #placeOf(key: string): number {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.#keys.length);
    this.#columns.push([]);
    return this.#keys.push(key) - 1;
  }
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
