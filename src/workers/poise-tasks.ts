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
};
export type PoiseTasks = typeof poiseTasks;
