import { onTestFinished } from 'vitest';
import {
  Cache,
  type CacheConfig,
  type CacheDependencies,
  type CacheStoreConfig,
  persistentStore,
} from '../../src/cache/index.js';
import { disposeSymbol } from '../../src/core/disposer.js';
import type { PoiseError } from '../../src/core/errors.js';

export const databaseName = (name: string): string => `poise-cache:${name}`;

export function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(databaseName(name));
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
}

/** A name of its own; what is kept under it goes after the test, after the caches that were made later. */
export function newName(): string {
  const name = `test-${crypto.randomUUID()}`;
  onTestFinished(() => deleteDatabase(name));
  return name;
}

export interface Opened<V> {
  readonly cache: Cache<string, V>;
  /** The codes of what went wrong. */
  readonly errors: PoiseError[];
  readonly close: () => Promise<void>;
}

/** A persistent cache as a page has it; several with one name are several tabs. */
export function open<V>(
  name: string,
  config: CacheConfig<string, V> & { store?: CacheStoreConfig } = {},
  dependencies: CacheDependencies = {},
): Opened<V> {
  const { store, ...own } = config;
  const openStore = persistentStore(store);
  const cache = new Cache<string, V>(
    { name, persistent: true, maxSize: 10_000, ...own },
    { openStore, ...dependencies },
  );
  const errors: PoiseError[] = [];
  cache.errors$.subscribe((error) => errors.push(error));
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await cache.flush();
    cache[disposeSymbol]();
  };
  onTestFinished(close);
  return { cache, errors, close };
}
