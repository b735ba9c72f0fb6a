/** Makes bytes smaller and back again (gzip); off the main thread where it can. Rejects with a PoiseError. */
export interface Compressor {
  compress(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
  decompress(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
}
