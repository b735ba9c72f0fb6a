import { decodeColumns, encodeColumns } from './codec/columns.js';
import { gunzip, gzip } from './gzip.js';
import { transfer } from './transfer.js';

/** What poise's own worker does. Inputs are copied, so the caller keeps them; results are moved. */
export const poiseTasks = {
  async gzip(bytes: Uint8Array<ArrayBuffer>) {
    return transfer(await gzip(bytes, globalThis));
  },
  async gunzip(bytes: Uint8Array<ArrayBuffer>) {
    return transfer(await gunzip(bytes, globalThis));
  },
  /** Records, each with its time, by column and gzipped; no bytes where they can't be carried exactly. */
  async packRecords(records: readonly unknown[], times: Float64Array<ArrayBuffer>) {
    const [recordsText, timesText] = [encodeColumns(records), encodeColumns([...times])];
    if (recordsText === undefined || timesText === undefined) return transfer(new Uint8Array(0));
    return transfer(await gzip(new TextEncoder().encode(`${recordsText}\n${timesText}`), globalThis));
  },
  /** What `packRecords` packed. */
  async unpackRecords(bytes: Uint8Array<ArrayBuffer>) {
    const [records = '', times = ''] = new TextDecoder().decode(await gunzip(bytes, globalThis)).split('\n');
    return { entries: decodeColumns(records), times: Float64Array.from(decodeColumns(times), Number) };
  },
};
export type PoiseTasks = typeof poiseTasks;
