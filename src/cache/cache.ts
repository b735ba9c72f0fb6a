import { type Observable, Subject } from 'rxjs';
import { type Clock, SystemClock } from '../core/clock.js';
import { disposeSymbol } from '../core/disposer.js';
import { detectEnvironment } from '../core/environment.js';
import type { PoiseError } from '../core/errors.js';
import { LiveSnapshot } from '../core/live-snapshot.js';
import type { MemoryRelease, MemoryResponder } from '../core/memory-responder.js';
import type { PressureLevel } from '../core/pressure-level.js';
import { estimateBytes } from '../core/size-estimate.js';
import type { Bytes, EpochMs, Milliseconds } from '../core/units.js';
import { Audience } from './audience.js';
import { type CacheConfig, type CacheSettings, resolveCacheConfig } from './cache-config.js';
import type { CacheDependencies } from './cache-dependencies.js';
import { type CacheRemoval, RemovalReason } from './cache-removal.js';
import { type CacheStats, hitsAndMisses } from './cache-stats.js';
import type { CacheStore, StoredEntry } from './cache-store.js';
import { persistentStore } from './persistent/persistent-store.js';
import { Removals } from './removals.js';
import { checkSetOptions, type SetOptions } from './set-options.js';
import { isThere } from './slots.js';
import { TimedTable } from './table/timed-table.js';

/** The share of the entries that goes at each level of memory pressure. */
const RELEASED: Readonly<Record<PressureLevel, number>> = { nominal: 0, fair: 0.1, serious: 0.5, critical: 1 };

/**
 * A map with a limit and a time to live (seed 003: Cache). Reads and writes are O(1) with every policy.
 *
 * Entries expire exactly to the task: while one piece of script runs, time stands still. What has expired is dropped
 * when it is asked for, and by a sweep that runs only while something can expire; dispose a cache to end the sweep.
 */
export class Cache<K, V> implements Iterable<[K, V]>, Disposable, MemoryResponder {
  readonly name: string;
  readonly config: CacheSettings<K, V>;
  readonly stats$: Observable<CacheStats>;
  /** Each value that left memory, and why. Told when the call that made it leave is done. Never errors; completes on dispose. */
  readonly removals$: Observable<CacheRemoval<K, V>>;
  /** What went wrong behind the cache, where it is persistent. Never errors; completes on dispose. */
  readonly errors$: Observable<PoiseError>;

  readonly #table: TimedTable<K, V>;
  readonly #ttlMs: Milliseconds;
  readonly #sizeOf: ((value: V, key: K) => Bytes) | undefined;
  readonly #store: CacheStore<K, V> | undefined;
  readonly #snapshot: LiveSnapshot<CacheStats>;
  readonly #audience = new Audience();
  readonly #removals = new Removals<K, V>(this.#audience);
  readonly #errors = new Subject<PoiseError>();
  /** Whether a value that is set without options needs nothing but to be held. */
  readonly #isPlain: boolean;
  #sets = 0;

  /** @throws CacheError */
  constructor(config: CacheConfig<K, V> = {}, dependencies: CacheDependencies = {}) {
    this.config = resolveCacheConfig(config);
    this.name = this.config.name;
    const { maxSize, maxBytes = Number.POSITIVE_INFINITY, ttlSeconds, sizeOf, evictionPolicy } = this.config;
    const { clock = new SystemClock(), random = Math.random, onBytes } = dependencies;
    this.#ttlMs = ttlSeconds * 1_000;
    this.#sizeOf = sizeOf ?? (onBytes || Number.isFinite(maxBytes) ? defaultSizeOf : undefined);
    const removals = this.#removals;
    const onSweep = () => this.#changed();
    this.#table = new TimedTable({ maxSize, maxBytes, evictionPolicy, random, removals, onBytes, clock, onSweep });
    this.#snapshot = new LiveSnapshot(() => this.stats, clock);
    this.stats$ = this.#audience.of(this.#snapshot.value$);
    this.removals$ = removals.removals$;
    this.errors$ = this.#errors.asObservable();
    this.#store = this.#openStore(clock, dependencies);
    this.#isPlain = !this.#sizeOf && !this.#store;
  }

  /** The entries in memory; those that have expired count until they are dropped. */
  get size(): number {
    return this.#table.size;
  }

  /** What the entries in memory take; undefined where sizes are not measured. */
  get bytes(): Bytes | undefined {
    return this.#sizeOf ? this.#table.bytes : undefined;
  }

  /** Resolves when what an earlier page kept is in memory; at once where nothing is kept. */
  get ready(): Promise<void> {
    return this.#store?.ready ?? Promise.resolve();
  }

  get stats(): CacheStats {
    return {
      entries: this.size,
      bytes: this.bytes,
      ...hitsAndMisses(this.#table.hits, this.#table.misses),
      sets: this.#sets,
      ...this.#removals.counts,
      disk: this.#store?.stats,
    };
  }

  /** The value of a key; undefined where there is none in memory. Counts as a use. */
  get(key: K): V | undefined {
    const value = this.#table.use(key);
    if (this.#audience.size > 0) this.#changed();
    return value;
  }

  /** The value of a key without counting as a use. */
  peek(key: K): V | undefined {
    const value = this.#table.peek(key);
    return isThere(value) ? value : undefined;
  }

  /** Whether there is a value in memory, without counting as a use. */
  has(key: K): boolean {
    return this.#table.has(key);
  }

  /** The value from memory, or else from the store behind, which puts it into memory. Counts as a use; does not reject. */
  async load(key: K): Promise<V | undefined> {
    if (!this.#store || this.has(key)) return this.get(key);
    const stored = await this.#store.read(key);
    if (stored) this.#admit(stored);
    return this.get(key);
  }

  /**
   * Sets a value, which counts as a use. It is not kept where it alone is larger than `maxBytes`, or its time is 0.
   * @throws CacheError on bad options
   */
  set(key: K, value: V, options?: SetOptions): this {
    // Most sets, in as little code as can be: an engine inlines no more than so much.
    if (options === undefined && this.#isPlain && this.#audience.size === 0) {
      this.#sets++;
      this.#table.setPlain(key, value, this.#ttlMs);
    } else this.#setWith(key, value, options);
    return this;
  }

  /** @returns whether it was in memory */
  delete(key: K): boolean {
    this.#store?.delete(key);
    const dropped = this.#table.dropKey(key, RemovalReason.DELETED);
    this.#changed();
    return dropped;
  }

  clear(): void {
    this.#store?.clear();
    this.#table.clear();
    this.#changed();
  }

  /** Drops the entries that carry a tag. @returns how many were in memory */
  invalidateTag(tag: string): number {
    this.#store?.invalidateTag(tag);
    return this.#invalidate(this.#table.keysOf(tag));
  }

  /** Drops the entries of some keys, as invalid. @returns how many were in memory */
  invalidateKeys(keys: readonly K[]): number {
    for (const key of keys) this.#store?.delete(key);
    return this.#invalidate(keys);
  }

  /** Drops the entries for which `test` holds; nothing where it throws. @returns how many were in memory */
  invalidateWhere(test: (value: V, key: K) => boolean): number {
    const found: K[] = [];
    for (const [key, value] of this.entries()) if (test(value, key)) found.push(key);
    this.#store?.invalidateWhere(test);
    return this.#invalidate(found);
  }

  /** Drops up to `count` entries from memory, as the policy picks them. @returns how many went */
  evict(count: number, reason: 'size' | 'bytes' | 'tag' = RemovalReason.SIZE): number {
    let evicted = 0;
    while (evicted < count && this.#table.evict(reason)) evicted++;
    this.#changed();
    return evicted;
  }

  /** Gives memory back: a tenth of the entries under 'fair' pressure, half under 'serious', all under 'critical'. */
  releaseMemory(level: PressureLevel): MemoryRelease {
    const before = this.#table.bytes;
    const items = this.evict(Math.ceil(this.size * RELEASED[level]));
    // The room that the entries took as well.
    if (this.size === 0) this.#table.clear();
    return { items, bytes: this.#sizeOf ? before - this.#table.bytes : undefined };
  }

  /** Resolves with true when what was set so far is durable, with false where it can't be. */
  async flush(): Promise<boolean> {
    return (await this.#store?.flush()) ?? false;
  }

  /** Keys and values in memory, in no order that means anything. */
  entries(): Generator<[K, V]> {
    return this.#table.entries();
  }

  *keys(): Generator<K> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): Generator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): Iterator<[K, V]> {
    return this.entries();
  }

  /** Ends the sweep, the store and the streams, and empties memory; the store keeps what it has. */
  [disposeSymbol](): void {
    this.#store?.close();
    this.#table.clear();
    this.#snapshot.complete();
    this.#removals.complete();
    this.#errors.complete();
  }

  #openStore(
    clock: Clock,
    { environment = detectEnvironment(), openStore = persistentStore() }: CacheDependencies,
  ): CacheStore<K, V> | undefined {
    const { name, compression, persistent, maxSize } = this.config;
    if (!persistent) return undefined;
    const admit = (entry: StoredEntry<K, V>) => this.#admit(entry);
    const report = (error: PoiseError) => this.#errors.next(error);
    return openStore<K, V>({ name, compression, maxSize, clock, environment, admit, report });
  }

  #setWith(key: K, value: V, options: SetOptions | undefined): void {
    if (options !== undefined) checkSetOptions(options);
    this.#sets++;
    const ttlMs = options?.ttlSeconds === undefined ? this.#ttlMs : options.ttlSeconds * 1_000;
    const expiresAt = this.#table.expiry.now() + ttlMs;
    this.#put(key, value, expiresAt, options);
    if (this.#store !== undefined) this.#keep(this.#store, { key, value, expiresAt, tags: options?.tags });
    if (this.#audience.size > 0) this.#changed();
  }

  #keep(store: CacheStore<K, V>, entry: StoredEntry<K, V>): void {
    if (this.#table.expiry.isOver(entry.expiresAt)) store.delete(entry.key);
    else store.put(entry);
  }

  #admit({ key, value, expiresAt, tags }: StoredEntry<K, V>): boolean {
    if (this.has(key) || this.#table.expiry.isOver(expiresAt)) return false;
    this.#put(key, value, expiresAt, { tags });
    this.#changed();
    return true;
  }

  #put(key: K, value: V, expiresAt: EpochMs, options: SetOptions | undefined): void {
    // The app's code first: it may change the cache.
    const bytes = options?.bytes ?? this.#sizeOf?.(value, key) ?? 0;
    this.#table.set(key, value, expiresAt, bytes, options?.tags);
  }

  #invalidate(keys: readonly K[]): number {
    let dropped = 0;
    for (const key of keys) if (this.#table.dropKey(key, RemovalReason.TAG)) dropped++;
    this.#changed();
    return dropped;
  }

  #changed(): void {
    this.#removals.tell();
    this.#snapshot.notify();
  }
}

const defaultSizeOf = (value: unknown, key: unknown): Bytes => estimateBytes(value) + estimateBytes(key);
