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
  /** Records by column and gzipped; undefined where they can't be carried exactly. */
  async packRecords(records: readonly unknown[]) {
    const text = encodeColumns(records);
    return text === undefined ? undefined : transfer(await gzip(new TextEncoder().encode(text), globalThis));
  },
  /** What `packRecords` packed. */
  async unpackRecords(bytes: Uint8Array<ArrayBuffer>) {
    return decodeColumns(new TextDecoder().decode(await gunzip(bytes, globalThis)));
  },
};
export type PoiseTasks = typeof poiseTasks;
