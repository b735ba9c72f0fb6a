import type { Bytes } from '../core/units.js';

/** Bytes that poise itself writes to and reads from IndexedDB, as far as their size is known before compression. */
export class StorageTraffic {
  #written: Bytes = 0;
  #read: Bytes = 0;

  get bytesWritten(): Bytes {
    return this.#written;
  }

  get bytesRead(): Bytes {
    return this.#read;
  }

  wrote(bytes: Bytes): void {
    this.#written += bytes;
  }

  didRead(bytes: Bytes): void {
    this.#read += bytes;
  }
}
