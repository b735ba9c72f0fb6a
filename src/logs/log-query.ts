import type { EpochMs } from '../core/units.js';
import { type Check, type Checks, func, optional, positiveInteger, resolveConfig } from '../core/validate.js';
import { rangeOf } from './pack-buffer.js';
import type { PackReader } from './pack-reader.js';
import { type Rows, rowsInOrder } from './rows-in-order.js';
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
  readonly rows: Rows;
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
  const headOf = ({ pack, rows, at }: Cursor<Entry>) => sign * (pack.times[rows.rowAt(at)] ?? 0);
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
      const rows = pack && rowsInOrder(pack.times, since, until, sign);
      if (rows && rows.count > 0) active.push({ pack, rows, at: 0 });
      continue;
    }
    if (!first) break;
    // Alone up to where the next one begins: no need to compare heads for each entry.
    const bound = active.length > 1 ? headOf(first) : run ? begins(run) : Number.POSITIVE_INFINITY;
    do {
      const entry = first.pack.entryAt(first.rows.rowAt(first.at++));
      if (entry !== undefined && (!where || where(entry))) {
        batch.push(entry);
        left--;
      }
    } while (left > 0 && batch.length < BATCH && first.at < first.rows.count && headOf(first) <= bound);
    if (first.at >= first.rows.count) active.splice(active.indexOf(first), 1);
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
