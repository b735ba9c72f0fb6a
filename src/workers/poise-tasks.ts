import { decodeColumns, encodeColumns } from './codec/columns.js';
import { type RowColumns, toRows } from './codec/row-columns.js';
import { gunzip, gzip } from './gzip.js';
import { transfer } from './transfer.js';

/** Records that belong together, each with its time. */
export interface RecordPack {
  readonly rows: RowColumns;
  readonly times: Float64Array<ArrayBuffer>;
}

/** What poise's own worker does. Inputs are copied, so the caller keeps them; results are moved. */
export const poiseTasks = {
  async gzip(bytes: Uint8Array<ArrayBuffer>) {
    return transfer(await gzip(bytes, globalThis));
  },
  async gunzip(bytes: Uint8Array<ArrayBuffer>) {
    return transfer(await gunzip(bytes, globalThis));
  },
  /** Packs of records, each record with its time, by column and gzipped; no bytes where they can't be carried exactly. */
  async packRecords(packs: readonly RecordPack[]) {
    const records = encodeColumns(packs.flatMap(({ rows }) => toRows(rows)));
    const times = encodeColumns(packs.flatMap((pack) => [...pack.times]));
    if (records === undefined || times === undefined) return transfer(new Uint8Array(0));
    return transfer(await gzip(new TextEncoder().encode(`${records}\n${times}`), globalThis));
  },
  /** What `packRecords` packed. */
  async unpackRecords(bytes: Uint8Array<ArrayBuffer>) {
    const [records = '', times = ''] = new TextDecoder().decode(await gunzip(bytes, globalThis)).split('\n');
    return { entries: decodeColumns(records), times: Float64Array.from(decodeColumns(times), Number) };
  },
};
export type PoiseTasks = typeof poiseTasks;
