import type { Entry } from './entries.js';

/** A way to keep a log. Each is opened under a name of its own, and removed after. */
export interface Log {
  /** Adds entries as they come; resolves when they are durable. */
  write(entries: readonly Entry[]): Promise<void>;
  /** The newest entries. */
  newest(count: number): Promise<readonly unknown[]>;
  /** What has to be there before, where rotation is by segments. */
  prepareRotation?(entries: readonly Entry[]): Promise<void>;
  /** Lets the oldest 10,000 of 50,000 entries go. */
  rotateAway(): Promise<void>;
  /** Makes what is written as small as it gets. */
  settle(): Promise<void>;
  remove(): Promise<void>;
}

export type OpenLog = (name: string) => Promise<Log>;

export const ROTATED = 10_000;

export function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
}

/** Entries as they come from a busy feed: some hundred at a time. */
export async function inBatches<T>(
  entries: readonly T[],
  size: number,
  take: (batch: T[]) => Promise<unknown>,
): Promise<void> {
  for (let at = 0; at < entries.length; at += size) await take(entries.slice(at, at + size));
}
