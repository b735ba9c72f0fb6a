import { decodeColumns, encodeColumns } from './codec/columns.js';
import { type RowColumns, toRows } from './codec/row-columns.js';
import { gunzip, gzip } from './gzip.js';
import { type Transferred, transfer } from './transfer.js';

type Bytes = Uint8Array<ArrayBuffer>;

/** Records that belong together, each with its time. */
export interface RecordPack {
  readonly rows: RowColumns;
  readonly times: Float64Array<ArrayBuffer>;
}

/** Records that were packed, each with its time. */
export interface UnpackedRecords {
  readonly entries: unknown[];
  readonly times: Float64Array<ArrayBuffer>;
}

/** What poise's own worker does. Inputs are copied, so the caller keeps them; results are moved. */
export const poiseTasks = {
  async gzip(bytes: Bytes): Promise<Transferred<Bytes>> {
    return transfer(await gzip(bytes, globalThis));
  },
  async gunzip(bytes: Bytes): Promise<Transferred<Bytes>> {
    return transfer(await gunzip(bytes, globalThis));
  },
  /** Packs of records, each record with its time, by column and gzipped; no bytes where they can't be carried exactly. */
  async packRecords(packs: readonly RecordPack[]): Promise<Transferred<Bytes>> {
    const records = encodeColumns(packs.flatMap(({ rows }) => toRows(rows)));
    const times = encodeColumns(packs.flatMap((pack) => [...pack.times]));
    if (records === undefined || times === undefined) return transfer(new Uint8Array(0));
    return transfer(await gzip(new TextEncoder().encode(`${records}\n${times}`), globalThis));
  },
  /** What `packRecords` packed. */
  async unpackRecords(bytes: Bytes): Promise<UnpackedRecords> {
    const [records = '', times = ''] = new TextDecoder().decode(await gunzip(bytes, globalThis)).split('\n');
    return { entries: decodeColumns(records), times: Float64Array.from(decodeColumns(times), Number) };
  },
};
export type PoiseTasks = typeof poiseTasks;
