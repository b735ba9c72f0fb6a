import type { Entry } from './entries.js';

/** What a bounded store must do: keep the newest `limit` entries in order, find one by its id, and know what all take. */
export interface Store {
  readonly size: number;
  readonly bytes: number;
  add(entry: Entry): void;
  /** Ends it. */
  end(): void;
}

/** Makes an empty store; `sizeOf` measures an entry. */
export type MakeStore = (limit: number, sizeOf: (entry: Entry) => number) => Store;
