import type { Item } from './entries.js';

/** A way to keep entries on disk. Each is opened under a name of its own, and removed after. */
export interface Store {
  /** Resolves when all are durable. */
  write(entries: readonly (readonly [string, Item])[]): Promise<void>;
  read(keys: readonly string[]): Promise<readonly unknown[]>;
  readOne(key: string): Promise<unknown>;
  /** Nothing of it is in memory any more: as the next page finds it. */
  reopen(): Promise<void>;
  remove(): Promise<void>;
}

export type OpenStore = (name: string) => Promise<Store>;

export function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
}
