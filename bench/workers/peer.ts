/** Workers that are ready, whoever manages them. */
export interface Opened {
  echo(value: number): Promise<number>;
  /** Moves a buffer there and back. */
  move(buffer: ArrayBuffer): Promise<ArrayBuffer>;
  /** So many calls that take so long each; resolves when all are answered. */
  many(count: number, ms: number): Promise<number>;
  close(): unknown;
}

/** Starts so many workers at the most, as the library's documentation recommends. */
export type Open = (size: number) => Promise<Opened> | Opened;
