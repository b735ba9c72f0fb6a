import { isJsonFaithful } from '../../core/json-faithful.js';
import { places, type RecordTable, type TableColumn, valueAt } from './record-table.js';
import { unzigzag, VarintReader, VarintWriter, zigzag } from './varints.js';
import { guessPlaces, placesFrom } from './word-places.js';

type Bytes = Uint8Array<ArrayBuffer>;

/** A table and the time of each row. */
export interface TimedTable {
  readonly table: RecordTable;
  readonly times: Float64Array<ArrayBuffer>;
}

/** A column whose whole numbers are kept as differences; it is of the kind of array that it was. */
interface DeltaColumn {
  readonly delta: 'int' | 'float';
  readonly bytes: number;
}

/** A column of words; the streams of bytes that it takes, and where `undefined` and dates stand among its words. */
interface WordsColumn {
  readonly words: readonly unknown[];
  readonly blank?: number;
  readonly dates?: true;
  /** The column that its words are guessed by. */
  readonly by?: number;
  /** Left out where every row has a word of its own. */
  readonly others?: number;
}

type SqueezedColumn = DeltaColumn | WordsColumn;

interface Head {
  readonly count: number;
  readonly keys: readonly string[];
  readonly shapes: RecordTable['shapes'];
  readonly kinds: boolean;
  readonly whole: boolean;
  /** The column whose values the times are; left out where they have a column of their own. */
  readonly timesOf?: number;
  readonly columns: readonly SqueezedColumn[];
}

/** Tells these bytes from those that version 1 wrote, which are text. */
const MARK = 2;

/**
 * A table in few bytes, that gzip makes fewer still: words once, numbers that grow as differences, and each field guessed
 * from another. Undefined where it holds what JSON would change (a Map, NaN, a class's instance …).
 */
export function squeezeTable({ table, times }: TimedTable): Bytes | undefined {
  const { count, keys, shapes, kinds, whole } = table;
  const all: TableColumn[] = [...table.columns, ...(kinds ? [Int32Array.from(kinds)] : []), ...(whole ? [whole] : [])];
  const timesOf = all.findIndex((column) => !('words' in column) && times.every((time, row) => time === column[row]));
  if (timesOf < 0) all.push(times);
  const columns: SqueezedColumn[] = [];
  const streams: Bytes[] = [];
  /** For each column of words its rows' words: what later ones are guessed by. */
  const partners: (ArrayLike<number> | undefined)[] = [];
  for (const column of all) {
    const squeezed = squeezeNumbers(column, streams) ?? squeezeWords(column, count, partners, streams);
    if (!squeezed) return undefined;
    columns.push(squeezed);
    while (partners.length < columns.length) partners.push(undefined);
  }
  const head: Head = {
    count,
    keys,
    shapes,
    kinds: kinds !== undefined,
    whole: whole !== undefined,
    ...(timesOf < 0 ? {} : { timesOf }),
    columns,
  };
  return join(new TextEncoder().encode(JSON.stringify(head)), streams);
}

/** Whether `squeezeTable` made these bytes. */
export const isSqueezedTable = (bytes: Uint8Array): boolean => bytes[0] === MARK;

/** @throws SyntaxError, TypeError, RangeError on what `squeezeTable` did not make */
export function expandTable(bytes: Bytes): TimedTable {
  const headEnds = 5 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(1);
  const head: Head = JSON.parse(new TextDecoder().decode(bytes.subarray(5, headEnds)));
  const { count, keys, shapes } = head;
  let from = headEnds;
  const next = (length: number): Bytes => {
    from += length;
    return bytes.subarray(from - length, from);
  };
  const partners: (ArrayLike<number> | undefined)[] = [];
  const all = head.columns.map((squeezed): TableColumn => {
    const place = partners.push(undefined) - 1;
    if ('delta' in squeezed) return expandNumbers(squeezed, next(squeezed.bytes), count);
    const words = wordsOf(squeezed);
    if (squeezed.others === undefined) return { words };
    const at = placesFrom(next(count), next(squeezed.others), partners[squeezed.by ?? -1]);
    partners[place] = at;
    const kept = places(count);
    kept.set(at);
    return { words, at: kept };
  });
  const times = Float64Array.from({ length: count }, (_, row) => {
    const column = head.timesOf === undefined ? all.at(-1) : all[head.timesOf];
    return Number(column && valueAt(column, row));
  });
  const kinds = head.kinds ? all[keys.length] : undefined;
  const whole = head.whole ? all[keys.length + (head.kinds ? 1 : 0)] : undefined;
  const table: RecordTable = {
    count,
    keys,
    shapes,
    columns: all.slice(0, keys.length),
    ...(kinds ? { kinds: Uint32Array.from({ length: count }, (_, row) => Number(valueAt(kinds, row))) } : {}),
    ...(whole ? { whole } : {}),
  };
  return { table, times };
}

/** Half of what is safe, so that differences are exact too. */
const LARGEST = Number.MAX_SAFE_INTEGER / 4;

/** Numbers that grow; undefined for others, of which the same come again. */
function squeezeNumbers(column: TableColumn, streams: Bytes[]): DeltaColumn | undefined {
  if ('words' in column) return undefined;
  const distinct = new Set<number>();
  const writer = new VarintWriter();
  let last = 0;
  let grows = true;
  for (const value of column) {
    if (!Number.isInteger(value) || Math.abs(value) > LARGEST || Object.is(value, -0)) return undefined;
    distinct.add(value);
    grows &&= value >= last;
    writer.write(zigzag(value - last));
    last = value;
  }
  if (!grows && distinct.size < column.length / 2) return undefined;
  const bytes = writer.finish();
  streams.push(bytes);
  return { delta: column instanceof Int32Array ? 'int' : 'float', bytes: bytes.length };
}

function expandNumbers({ delta }: DeltaColumn, bytes: Bytes, count: number): TableColumn {
  const column = delta === 'int' ? new Int32Array(count) : new Float64Array(count);
  const reader = new VarintReader(bytes);
  let last = 0;
  for (let row = 0; row < count; row++) {
    last += unzigzag(reader.read());
    column[row] = last;
  }
  return column;
}

function squeezeWords(
  column: TableColumn,
  count: number,
  partners: (ArrayLike<number> | undefined)[],
  streams: Bytes[],
): WordsColumn | undefined {
  const { words, at } = inOrder(column, count);
  const kept = keepWords(words);
  if (!kept) return undefined;
  if (words.length === count) return kept;
  let best = guessPlaces(at, undefined);
  let by = -1;
  for (const [place, partner] of partners.entries()) {
    const guessed = partner && guessPlaces(at, partner);
    if (!guessed || guessed.right <= best.right) continue;
    best = guessed;
    by = place;
  }
  partners.push(at);
  streams.push(best.guesses, best.others);
  return { ...kept, ...(by < 0 ? {} : { by }), others: best.others.length };
}

/** The words by the order in which they first come, each once, and the word of each row. */
function inOrder(column: TableColumn, count: number): { readonly words: unknown[]; readonly at: number[] } {
  const known = new Map<unknown, number>();
  const words: unknown[] = [];
  const at: number[] = [];
  for (let row = 0; row < count; row++) {
    const value = valueAt(column, row);
    const same = value === 0 && Object.is(value, -0) ? undefined : known.get(value);
    const word = same ?? words.push(value) - 1;
    if (same === undefined) known.set(value, word);
    at.push(word);
  }
  return { words, at };
}

/** Words as JSON can say them; undefined where it can't. */
function keepWords(words: readonly unknown[]): Pick<WordsColumn, 'words' | 'blank' | 'dates'> | undefined {
  const blank = words.indexOf(undefined);
  const said = words.filter((_, place) => place !== blank);
  const hole = blank < 0 ? {} : { blank };
  const dates = said.filter((word) => word instanceof Date).map((date) => date.getTime());
  if (dates.length > 0 && dates.length === said.length && dates.every(Number.isFinite))
    return { words: dates, dates: true, ...hole };
  return said.every((word) => isJsonFaithful(word)) ? { words: said, ...hole } : undefined;
}

function wordsOf({ words, blank, dates }: WordsColumn): unknown[] {
  const all: unknown[] = dates ? words.map((time) => new Date(Number(time))) : [...words];
  if (blank !== undefined) all.splice(blank, 0, undefined);
  return all;
}

function join(head: Uint8Array, streams: readonly Uint8Array[]): Bytes {
  const bytes = new Uint8Array(5 + head.length + streams.reduce((sum, stream) => sum + stream.length, 0));
  bytes[0] = MARK;
  new DataView(bytes.buffer).setUint32(1, head.length);
  let at = 5;
  for (const part of [head, ...streams]) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
