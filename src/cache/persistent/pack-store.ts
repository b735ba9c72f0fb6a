import { Disposer, disposeSymbol } from '../../core/disposer.js';
import { CallbackError } from '../../core/errors.js';
import { observeVisibility } from '../../core/scheduling.js';
import { yieldToMain } from '../../core/yield-to-main.js';
import { type StorageError, StorageTraffic } from '../../storage/index.js';
import type { CacheStore, CacheStoreHost, StoredEntry } from '../cache-store.js';
import { Condemned } from './condemned.js';
import { DiskIndex } from './disk-index.js';
import { DiskRoom } from './disk-room.js';
import { EntryReader } from './entry-reader.js';
import { lazyCompressor } from './lazy-compressor.js';
import { PackDatabase } from './pack-database.js';
import { PackReader } from './pack-reader.js';
import { PackWriter } from './pack-writer.js';
import { preload } from './preload.js';
import { type DiskKey, isDiskKey } from './record.js';
import type { Stored } from './slot.js';
import type { CacheStoreSettings } from './store-config.js';
import { CacheStoreError, CacheStoreErrorCode } from './store-error.js';
import type { CacheStoreStats } from './store-stats.js';
import { WriteBehind } from './write-behind.js';

/** Heads taken in at once at the start, about a hundred entries each; in between others get their turn. */
const HEADS = 32;
/** Entries looked through at once. */
const SLICE = 500;

/**
 * A cache's entries in IndexedDB; where there is none, the cache goes on in memory. Entries are written in packs of about
 * a hundred to a log that all tabs append to; an index in memory knows where each key lies.
 */
export class PackStore<K, V> implements CacheStore<K, V> {
  readonly ready: Promise<void>;
  readonly #host: CacheStoreHost<K, V>;
  readonly #settings: CacheStoreSettings;
  readonly #index = new DiskIndex();
  readonly #traffic = new StorageTraffic();
  readonly #condemned = new Condemned<V>();
  readonly #disposer = new Disposer();
  readonly #database: PackDatabase;
  readonly #packs: PackReader;
  readonly #entries: EntryReader<V>;
  readonly #writer: PackWriter;
  readonly #writes: WriteBehind<V>;
  readonly #room: DiskRoom;
  readonly #opened: Promise<void>;
  /** For entries that a predicate called invalid. */
  readonly #searches = new Set<Promise<void>>();
  #persistent = true;
  #closed = false;
  #unstorable = 0;

  constructor(host: CacheStoreHost<K, V>, settings: CacheStoreSettings) {
    this.#host = host;
    this.#settings = settings;
    const { name, environment, clock, compression } = host;
    const wallNow = () => clock.wallNow();
    const own = lazyCompressor(environment);
    this.#disposer.add(() => own[disposeSymbol]());
    const compressor = settings.compressor ?? own;
    const index = this.#index;
    const { durability } = settings;
    const onLost = (cause: StorageError) =>
      this.#report(CacheStoreErrorCode.LOST, 'the browser deleted what was stored', cause);
    const database = new PackDatabase({ name, durability, environment, index, wallNow, onLost });
    this.#database = database;
    this.#disposer.add(() => database.close());
    this.#packs = new PackReader({
      database,
      index,
      compressor,
      onRead: (bytes) => this.#traffic.didRead(bytes),
      onDamaged: (cause) => this.#report(CacheStoreErrorCode.DAMAGED, 'a record could not be read', cause),
    });
    const onUnstorable = (key: DiskKey, cause: unknown) => this.#refuse(key, cause);
    this.#writer = new PackWriter({
      database,
      compressor: compression ? compressor : undefined,
      onNotCompressed: (cause) => this.#report(CacheStoreErrorCode.NOT_COMPRESSED, 'stored uncompressed', cause),
      onUnstorable,
    });
    const visibility = observeVisibility(environment.document).subscribe((isVisible) => {
      this.#writer.hurry = !isVisible;
    });
    this.#disposer.add(() => visibility.unsubscribe());
    this.#room = new DiskRoom({
      index,
      database,
      reader: this.#packs,
      writer: this.#writer,
      limits: settings,
      traffic: this.#traffic,
      clock,
      environment,
      onFull: (cause) =>
        this.#report(CacheStoreErrorCode.DISK_FULL, 'the disk is full; the oldest entries on it go', cause),
      onFailed: (cause) => this.#fail(cause),
    });
    const opened = this.#open();
    this.#opened = opened;
    this.#writes = new WriteBehind<V>({
      writer: this.#writer,
      opened,
      onWritten: (bytes) => this.#traffic.wrote(bytes),
      makeRoom: (cause) => this.#room.makeRoom(cause),
      onGivenUp: (cause) => this.#goOnInMemory(cause),
      onUnstorable,
      onIdle: () => this.#room.tidySoon(),
    });
    this.#entries = new EntryReader<V>({
      index,
      reader: this.#packs,
      opened,
      batches: () => this.#writes.batches,
      isCondemned: (entry) => this.#condemned.has(entry),
      wallNow,
    });
    this.ready = opened.then(() => this.#preload());
  }

  get stats(): CacheStoreStats {
    const { size, packs, bytes, damaged, outdated } = this.#index;
    return {
      persistent: this.#persistent,
      entries: this.#persistent ? size : 0,
      packs: this.#persistent ? packs.length : 0,
      bytes: this.#persistent ? bytes : 0,
      pending: this.#writes.pending,
      bytesWritten: this.#traffic.bytesWritten,
      bytesRead: this.#traffic.bytesRead,
      damaged,
      outdated,
      unstorable: this.#unstorable,
      evictions: this.#room.evictions,
      compactions: this.#room.compactions,
    };
  }

  put({ key, value, expiresAt, tags }: StoredEntry<K, V>): void {
    if (!isDiskKey(key))
      return this.#refuse(key, new TypeError('keys on disk are strings, numbers, bigints or booleans'));
    this.#condemned.spare(key);
    this.#writes.change(({ entries }) => entries.set(key, { key, value, expiresAt, tags }));
  }

  delete(key: K): void {
    if (isDiskKey(key)) this.#delete(key);
  }

  clear(): void {
    this.#writes.change((batch) => batch.clear());
  }

  invalidateTag(tag: string): void {
    this.#writes.change((batch) => batch.invalidateTag(tag));
  }

  invalidateWhere(test: (value: V, key: K) => boolean): void {
    const toKey = (key: Stored): K => key;
    const fails = (entry: { key: DiskKey; value: V }) => {
      try {
        return test(entry.value, toKey(entry.key));
      } catch (cause) {
        this.#host.report(new CallbackError('invalidateWhere', cause));
        return false;
      }
    };
    const sentence = this.#condemned.add(fails);
    const [waiting, writing] = this.#writes.batches;
    for (const batch of [writing, waiting])
      for (const [key, entry] of batch?.entries ?? [])
        if (entry && (batch === waiting || !waiting?.settles(key)) && fails(entry)) this.#delete(key);
    const search = this.#deleteCondemned(sentence).finally(() => this.#searches.delete(search));
    this.#searches.add(search);
  }

  async read(key: K): Promise<StoredEntry<K, V> | undefined> {
    if (!isDiskKey(key) || !this.#persistent) return undefined;
    try {
      const entry = await this.#entries.read(key);
      return entry && { ...entry, key };
    } catch (cause) {
      this.#fail(cause);
      return undefined;
    }
  }

  async flush(): Promise<boolean> {
    await Promise.all(this.#searches);
    return await this.#writes.flush();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#room.close();
    void this.flush().then(() => this.#disposer.dispose());
  }

  async #open(): Promise<void> {
    try {
      // One after another, so that a large cache does not block the start.
      while (await this.#database.loadHeads(HEADS)) await yieldToMain();
    } catch (cause) {
      // The constructor is through by then: opening takes at least one turn.
      this.#fail(cause);
    }
  }

  async #preload(): Promise<void> {
    const { preloadEntries } = this.#settings;
    const toKey = (key: Stored): K => key;
    try {
      await preload(this.#index, this.#entries, Math.min(preloadEntries, this.#host.maxSize), (entry) => {
        if (!this.#closed) this.#host.admit({ ...entry, key: toKey(entry.key) });
      });
    } catch (cause) {
      this.#fail(cause);
    }
  }

  #delete(key: DiskKey): void {
    this.#writes.change(({ entries }) => entries.set(key, undefined));
  }

  async #deleteCondemned(sentence: ReturnType<Condemned<V>['add']>): Promise<void> {
    try {
      await this.#opened;
      await this.#writes.flush();
      // What other tabs have set counts too.
      await this.#packs.open([]);
      const { keys } = this.#index;
      for (let at = 0; at < keys.length && this.#persistent; at += SLICE) {
        const found = await this.#entries.onDisk(keys.slice(at, at + SLICE));
        for (const [key, entry] of found) {
          const isSettled = this.#writes.batches.some((batch) => batch.settles(key));
          if (entry && !isSettled && !sentence.spared.has(key) && sentence.test(entry)) this.#delete(key);
        }
        await yieldToMain();
      }
      await this.#writes.flush();
    } catch (cause) {
      this.#fail(cause);
    } finally {
      this.#condemned.end(sentence);
    }
  }

  #refuse(key: unknown, cause: unknown): void {
    this.#unstorable++;
    this.#report(CacheStoreErrorCode.UNSTORABLE, `the entry ${String(key)} stays in memory`, cause);
  }

  #fail(cause: unknown): void {
    if (this.#closed || !this.#persistent) return;
    this.#writes.giveUp();
    this.#goOnInMemory(cause);
  }

  /** What is on disk would be out of date from now on, so it goes, where that is still possible. */
  #goOnInMemory(cause: unknown): void {
    if (!this.#persistent) return;
    this.#persistent = false;
    this.#report(CacheStoreErrorCode.NOT_PERSISTENT, 'the cache goes on in memory', cause);
    const close = () => this.#database.close();
    void this.#database.append([], 'nothing').then(close, close);
  }

  #report(code: CacheStoreErrorCode, message: string, cause: unknown): void {
    if (!this.#closed) this.#host.report(new CacheStoreError(code, `${this.#host.name}: ${message}`, { cause }));
  }
}
