import type { CacheStore, CacheStoreHost, StoredEntry } from '../cache-store.js';
import { databaseName } from './database-name.js';
import { CacheStoreError, CacheStoreErrorCode } from './store-error.js';
import type { CacheStoreStats } from './store-stats.js';

type Call<K, V> = (store: CacheStore<K, V>) => void;

const NOTHING_YET: CacheStoreStats = Object.freeze({
  persistent: true,
  entries: 0,
  packs: 0,
  bytes: 0,
  pending: 0,
  bytesWritten: 0,
  bytesRead: 0,
  damaged: 0,
  outdated: 0,
  unstorable: 0,
  evictions: 0,
  compactions: 0,
});

/**
 * Stands for a store whose code is being loaded. Changes wait in their order, reads and `flush()` until it is there.
 * Where it can't be loaded the cache goes on in memory: reads are misses, and nothing is durable.
 */
export class DeferredStore<K, V> implements CacheStore<K, V> {
  readonly ready: Promise<void>;
  readonly #host: CacheStoreHost<K, V>;
  /** Resolves when what waited has been called; with undefined where it can't be loaded. Does not reject. */
  readonly #loaded: Promise<CacheStore<K, V> | undefined>;
  #store: CacheStore<K, V> | undefined;
  #waiting: Call<K, V>[] = [];
  #failed = false;
  #closed = false;
  #outdated = false;

  /** @param load makes the store for the same host */
  constructor(host: CacheStoreHost<K, V>, load: () => Promise<CacheStore<K, V>>) {
    this.#host = host;
    this.#loaded = this.#load(load);
    this.ready = this.#loaded.then((store) => store?.ready);
  }

  get stats(): CacheStoreStats {
    return this.#store?.stats ?? { ...NOTHING_YET, persistent: !this.#failed, pending: this.#waiting.length };
  }

  put(entry: StoredEntry<K, V>): void {
    if (this.#store) this.#store.put(entry);
    else this.#wait((store) => store.put(entry));
  }

  delete(key: K): void {
    if (this.#store) this.#store.delete(key);
    else this.#wait((store) => store.delete(key));
  }

  clear(): void {
    if (this.#store) return this.#store.clear();
    this.#waiting = [];
    this.#wait((store) => store.clear());
  }

  invalidateTag(tag: string): void {
    if (this.#store) this.#store.invalidateTag(tag);
    else this.#wait((store) => store.invalidateTag(tag));
  }

  invalidateWhere(test: (value: V, key: K) => boolean): void {
    if (this.#store) this.#store.invalidateWhere(test);
    else this.#wait((store) => store.invalidateWhere(test));
  }

  async read(key: K): Promise<StoredEntry<K, V> | undefined> {
    return await (this.#store ?? (await this.#loaded))?.read(key);
  }

  async flush(): Promise<boolean> {
    return (await (this.#store ?? (await this.#loaded))?.flush()) ?? false;
  }

  /** What waits is written all the same. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    void this.#loaded.then((store) => store?.close());
  }

  async #load(load: () => Promise<CacheStore<K, V>>): Promise<CacheStore<K, V> | undefined> {
    try {
      const store = await load();
      const waiting = this.#waiting;
      this.#waiting = [];
      this.#store = store;
      for (const call of waiting) call(store);
      return store;
    } catch (cause) {
      this.#fail(cause);
      return undefined;
    }
  }

  #wait(call: Call<K, V>): void {
    if (this.#failed) this.#outdate();
    else this.#waiting.push(call);
  }

  #fail(cause: unknown): void {
    this.#failed = true;
    if (this.#waiting.length > 0) this.#outdate();
    this.#waiting = [];
    if (this.#closed) return;
    const message = `${this.#host.name}: what keeps entries on disk was not loaded; the cache goes on in memory`;
    this.#host.report(new CacheStoreError(CacheStoreErrorCode.NOT_PERSISTENT, message, { cause }));
  }

  /** What an earlier page left on disk is out of date from the first change on, so it goes, where that is possible. */
  #outdate(): void {
    if (this.#outdated) return;
    this.#outdated = true;
    try {
      this.#host.environment.indexedDB?.deleteDatabase(databaseName(this.#host.name));
    } catch {
      // Not allowed here: then nothing was kept here either.
    }
  }
}
