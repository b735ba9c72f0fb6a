import { decodeColumns } from './codec/columns.js';
import { type RecordTable, rowsOf } from './codec/record-table.js';
import { type RowColumns, toRows } from './codec/row-columns.js';
import { expandTable, isSqueezedTable, squeezeTable, type TimedTable } from './codec/squeezed-table.js';
import { tableOf } from './codec/table-maker.js';
import { gunzip, gzip } from './gzip.js';
import { type Transferred, transfer } from './transfer.js';

type Bytes = Uint8Array<ArrayBuffer>;

/** Records that belong together, each with its time; `rows` is how version 1 held them. */
export type RecordPack = { readonly times: Float64Array<ArrayBuffer> } & (
  | { readonly table: RecordTable }
  | { readonly rows: RowColumns }
);

/** Records that were packed, each with its time. */
export type UnpackedRecords =
  | TimedTable
  | { readonly entries: readonly unknown[]; readonly times: Float64Array<ArrayBuffer> };

/** What poise's own worker does. Inputs are copied, so the caller keeps them; results are moved. */
export const poiseTasks = {
  async gzip(bytes: Bytes): Promise<Transferred<Bytes>> {
    return transfer(await gzip(bytes, globalThis));
  },
  async gunzip(bytes: Bytes): Promise<Transferred<Bytes>> {
    return transfer(await gunzip(bytes, globalThis));
  },
  /** Packs of records as one, squeezed and gzipped; no bytes where they can't be carried exactly. */
  async packRecords(packs: readonly RecordPack[]): Promise<Transferred<Bytes>> {
    const rows = packs.flatMap((pack) => ('table' in pack ? rowsOf(pack.table) : toRows(pack.rows)));
    const times = Float64Array.from(packs.flatMap((pack) => [...pack.times]));
    const squeezed = squeezeTable({ table: tableOf(rows), times });
    return transfer(squeezed ? await gzip(squeezed, globalThis) : new Uint8Array(0));
  },
  /** What `packRecords` packed, or did so in version 1. */
  async unpackRecords(bytes: Bytes): Promise<UnpackedRecords> {
    const plain = await gunzip(bytes, globalThis);
    if (isSqueezedTable(plain)) return expandTable(plain);
    const [records = '', times = ''] = new TextDecoder().decode(plain).split('\n');
    return { entries: decodeColumns(records), times: Float64Array.from(decodeColumns(times), Number) };
  },
};
export type PoiseTasks = typeof poiseTasks;
