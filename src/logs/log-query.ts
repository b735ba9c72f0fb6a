import type { EpochMs } from '../core/units.js';
import { type Check, type Checks, func, optional, positiveInteger, resolveConfig } from '../core/validate.js';
import { rangeOf } from './pack-buffer.js';
import type { PackReader } from './pack-reader.js';
import type { OpenPack, Segment } from './store/segment.js';

export type LogOrder = 'oldest-first' | 'newest-first';

/** Which entries, and in which order. */
export interface LogQuery<Entry> {
  /** Entries of this time or later. */
  readonly since?: EpochMs | undefined;
  /** Entries of this time or earlier. */
  readonly until?: EpochMs | undefined;
  readonly where?: ((entry: Entry) => boolean) | undefined;
  /** Default 'oldest-first'. */
  readonly order?: LogOrder | undefined;
  /** Default: all. */
  readonly limit?: number | undefined;
}

const finiteTime: Check = { allowed: 'epoch milliseconds', test: (v) => typeof v === 'number' && Number.isFinite(v) };
const orderName: Check = {
  allowed: "'oldest-first' or 'newest-first'",
  test: (v) => v === 'oldest-first' || v === 'newest-first',
};
const CHECKS: Checks<LogQuery<never>> = {
  since: optional(finiteTime),
  until: optional(finiteTime),
  where: optional(func),
  order: optional(orderName),
  limit: optional(positiveInteger),
};

/** @throws ConfigError */
export function checkQuery<Entry>(query: LogQuery<Entry>): void {
  resolveConfig<LogQuery<never>>('query', query, {}, CHECKS);
}

/** A pack that a query may have to read. */
interface Run<Entry> {
  readonly since: EpochMs;
  readonly until: EpochMs;
  readonly load: () => Promise<OpenPack<Entry> | undefined>;
}

/** A pack that is being read: its rows in the query's order, the next one first. */
interface Cursor<Entry> {
  readonly pack: OpenPack<Entry>;
  readonly rows: readonly number[];
  at: number;
}

/** Entries that are told of together, at the most: who stops early has not read much for nothing. */
const BATCH = 256;

/**
 * Reads a log by time, pack after pack, some entries at a time: only what may hold entries of the query is loaded, and no more than what is read
 * from at the same time stays in memory. Packs of several tabs are merged.
 */
export async function* readLog<Entry>(
  segments: readonly Segment[],
  waiting: readonly OpenPack<unknown>[],
  reader: PackReader<Entry>,
  query: LogQuery<Entry>,
): AsyncGenerator<Entry[], void, undefined> {
  const { since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY, where, limit = Infinity } = query;
  const sign = query.order === 'newest-first' ? -1 : 1;
  const begins = (run: Run<Entry>) => (sign > 0 ? run.since : -run.until);
  const runs = runsOf(segments, waiting, reader)
    .filter((run) => run.until >= since && run.since <= until)
    .sort((a, b) => begins(a) - begins(b));
  const headOf = ({ pack, rows, at }: Cursor<Entry>) => sign * (pack.times[rows[at] ?? 0] ?? 0);
  const active: Cursor<Entry>[] = [];
  let batch: Entry[] = [];
  let left = limit;
  for (let next = 0; left > 0; ) {
    const first = active.reduce<Cursor<Entry> | undefined>((a, b) => (a && headOf(a) <= headOf(b) ? a : b), undefined);
    const run = runs[next];
    if (run && (!first || begins(run) <= headOf(first))) {
      // Loading takes its time; what is there already need not wait for it.
      if (batch.length > 0) yield batch;
      batch = [];
      next++;
      const pack = await run.load();
      const rows = pack ? rowsInOrder(pack.times, since, until, sign) : [];
      if (pack && rows.length > 0) active.push({ pack, rows, at: 0 });
      continue;
    }
    if (!first) break;
    // Alone up to where the next one begins: no need to compare heads for each entry.
    const bound = active.length > 1 ? headOf(first) : run ? begins(run) : Number.POSITIVE_INFINITY;
    do {
      const entry = first.pack.entryAt(first.rows[first.at++] ?? 0);
      if (entry !== undefined && (!where || where(entry))) {
        batch.push(entry);
        left--;
      }
    } while (left > 0 && batch.length < BATCH && first.at < first.rows.length && headOf(first) <= bound);
    if (first.at >= first.rows.length) active.splice(active.indexOf(first), 1);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function runsOf<Entry>(
  segments: readonly Segment[],
  waiting: readonly OpenPack<unknown>[],
  reader: PackReader<Entry>,
): Run<Entry>[] {
  const runs: Run<Entry>[] = segments.flatMap((segment) =>
    segment.packs.map(({ since, until }, index) => ({ since, until, load: () => reader.read(segment, index) })),
  );
  for (const pack of waiting) runs.push({ ...rangeOf(pack.times), load: async () => reader.open(pack) });
  return runs;
}

/** The rows of the query's time in its order; rows of one time stay in the order in which they were added. */
function rowsInOrder(times: Float64Array, since: EpochMs, until: EpochMs, sign: 1 | -1): number[] {
  const rows: number[] = [];
  let sorted = true;
  let last = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < times.length; row++) {
    const time = times[row] ?? 0;
    sorted &&= time >= last;
    last = time;
    if (time >= since && time <= until) rows.push(row);
  }
  if (!sorted) sortByTime(rows, times);
  return sign > 0 ? rows : rows.reverse();
}

/** Sorts rows by time and place. Where a number can say both, no comparing function need be called, thousands of times. */
function sortByTime(rows: number[], times: Float64Array): void {
  const { since, until } = rangeOf(times);
  const count = times.length;
  const exact = (until - since + 1) * count <= Number.MAX_SAFE_INTEGER && times.every(Number.isInteger);
  if (!exact) {
    rows.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
    return;
  }
  const keys = new Float64Array(rows.length);
  for (let at = 0; at < keys.length; at++) keys[at] = ((times[rows[at] ?? 0] ?? 0) - since) * count + (rows[at] ?? 0);
  keys.sort();
  for (let at = 0; at < keys.length; at++) rows[at] = (keys[at] ?? 0) % count;
}
