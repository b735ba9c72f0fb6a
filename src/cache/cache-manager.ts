import { combineLatest, map, type Observable, of, Subject, startWith, switchMap } from 'rxjs';
import { disposeSymbol } from '../core/disposer.js';
import { detectEnvironment } from '../core/environment.js';
import type { PoiseError } from '../core/errors.js';
import type { MemoryRelease, MemoryResponder } from '../core/memory-responder.js';
import type { PressureLevel } from '../core/pressure-level.js';
import { BYTES_PER_MB, type Bytes } from '../core/units.js';
import { checkArgument, text } from '../core/validate.js';
import { Cache } from './cache.js';
import type { CacheConfig } from './cache-config.js';
import type { CacheDependencies } from './cache-dependencies.js';
import { CacheError } from './cache-error.js';
import {
  type CacheManagerConfig,
  type CacheManagerSettings,
  resolveCacheManagerConfig,
} from './cache-manager-config.js';
import { type CacheManagerStats, sumStats } from './cache-manager-stats.js';
import type { Invalidation } from './invalidation.js';
import { MemoryBudget } from './memory-budget.js';
import { TabChannel } from './tab-channel.js';

/** What a manager's caches take; its own name for them is theirs. */
export type ManagedCacheConfig<K, V> = Omit<CacheConfig<K, V>, 'name'>;

/**
 * Named caches under one memory budget, invalidated together, here and in the origin's other tabs (seed 003: CacheManager).
 *
 * Where the entries of all caches together take more than `maxMemoryMb`, those go that are in the cache with the fewest
 * hits a byte. A tab is told what is invalid, never what is valid: values stay where they are. What was invalidated while
 * a page lay in the back/forward cache can't be known there, so it then drops what it has in memory.
 */
export class CacheManager implements Disposable, MemoryResponder {
  readonly config: CacheManagerSettings;
  readonly stats$: Observable<CacheManagerStats>;
  /** What went wrong behind the caches. Never errors; completes on dispose. */
  readonly errors$: Observable<PoiseError>;

  readonly #dependencies: CacheDependencies;
  readonly #caches = new Map<string, Cache<unknown, unknown>>();
  readonly #budget: MemoryBudget;
  readonly #maxBytes: Bytes;
  readonly #tabs: TabChannel | undefined;
  readonly #added = new Subject<void>();
  readonly #errors = new Subject<PoiseError>();
  #doubts = 0;

  /** @throws CacheError */
  constructor(config: CacheManagerConfig = {}, dependencies: Omit<CacheDependencies, 'onBytes'> = {}) {
    this.config = resolveCacheManagerConfig(config);
    this.#dependencies = { ...dependencies, onBytes: (change) => this.#budget.change(change) };
    this.#maxBytes = this.config.maxMemoryMb * BYTES_PER_MB;
    this.#budget = new MemoryBudget(this.#maxBytes);
    const { environment = detectEnvironment() } = dependencies;
    if (this.config.crossTab) {
      this.#tabs = new TabChannel(`poise-cache:${this.config.name}`, environment, {
        onInvalidation: (invalidation) => this.#apply(invalidation),
        onDoubt: () => this.#doubt(),
      });
    }
    this.stats$ = this.#added.pipe(
      startWith(undefined),
      switchMap(() =>
        this.#caches.size > 0 ? combineLatest([...this.#caches.values()].map((c) => c.stats$)) : of([]),
      ),
      map(() => this.getStats()),
    );
    this.errors$ = this.#errors.asObservable();
  }

  get name(): string {
    return this.config.name;
  }

  /**
   * The cache of this name, made with `config` at the first call; later ones need none. The types are the caller's word.
   * @throws CacheError on bad options
   */
  getCache<K = string, V = unknown>(name: string, config: ManagedCacheConfig<K, V> = {}): Cache<K, V> {
    checkArgument('getCache', 'name', name, text, CacheError);
    const found = this.#caches.get(name);
    if (isCache<K, V>(found)) return found;
    const { defaultTtlSeconds } = this.config;
    const cache = new Cache<K, V>({ ttlSeconds: defaultTtlSeconds, ...config, name }, this.#dependencies);
    this.#adopt(name, cache);
    return cache;
  }

  /** Empties a cache, or all, in every tab. */
  clearCache(name?: string): void {
    this.#spread({ kind: 'clear', cache: name });
  }

  /** Drops the entries that carry a tag from all caches, in every tab. @returns how many were in memory here */
  invalidateTag(tag: string): number {
    return this.#spread({ kind: 'tag', tag });
  }

  /** Drops some keys of a cache, in every tab. @returns how many were in memory here */
  invalidateKeys(name: string, keys: readonly unknown[]): number {
    return this.#spread({ kind: 'keys', cache: name, keys });
  }

  /**
   * Drops the entries of all caches for which `test` holds. A function can't be sent: other tabs drop the keys that were found
   * in memory here.
   * @returns how many were in memory here
   */
  invalidateWhere(test: (value: unknown, key: unknown, cache: string) => boolean): number {
    let dropped = 0;
    for (const [name, cache] of this.#caches) {
      const keys: unknown[] = [];
      for (const [key, value] of cache) if (test(value, key, name)) keys.push(key);
      dropped += cache.invalidateWhere((value, key) => test(value, key, name));
      if (keys.length > 0) this.#tabs?.tell({ kind: 'keys', cache: name, keys });
    }
    return dropped;
  }

  /** Hits, misses and what went, of each cache and of all together. */
  getStats(): CacheManagerStats {
    const caches = Object.fromEntries(Array.from(this.#caches, ([name, cache]) => [name, cache.stats]));
    const { bytes } = this.#budget;
    return { ...sumStats(caches), bytes, maxBytes: this.#maxBytes, doubts: this.#doubts, caches };
  }

  /** The same as `getStats()`. */
  get stats(): CacheManagerStats {
    return this.getStats();
  }

  releaseMemory(level: PressureLevel): MemoryRelease {
    const before = this.#budget.bytes;
    let items = 0;
    for (const cache of this.#caches.values()) items += cache.releaseMemory(level).items;
    return { items, bytes: before - this.#budget.bytes };
  }

  /** Disposes all caches, and leaves the other tabs. */
  [disposeSymbol](): void {
    this.#tabs?.[disposeSymbol]();
    for (const cache of this.#caches.values()) cache[disposeSymbol]();
    this.#added.complete();
    this.#errors.complete();
  }

  #adopt(name: string, cache: unknown): void {
    if (!isCache<unknown, unknown>(cache)) return;
    this.#caches.set(name, cache);
    this.#budget.add(cache);
    cache.errors$.subscribe((error) => this.#errors.next(error));
    this.#added.next();
  }

  #spread(invalidation: Invalidation): number {
    const dropped = this.#apply(invalidation);
    this.#tabs?.tell(invalidation);
    return dropped;
  }

  #apply(invalidation: Invalidation): number {
    let dropped = 0;
    const name = 'cache' in invalidation ? invalidation.cache : undefined;
    for (const cache of this.#caches.values()) {
      if (name === undefined || name === cache.name) dropped += applyTo(cache, invalidation);
    }
    return dropped;
  }

  #doubt(): void {
    this.#doubts++;
    for (const cache of this.#caches.values()) cache.evict(Number.POSITIVE_INFINITY, 'tag');
  }
}

function applyTo(cache: Cache<unknown, unknown>, invalidation: Invalidation): number {
  switch (invalidation.kind) {
    case 'tag':
      return cache.invalidateTag(invalidation.tag);
    case 'keys':
      return cache.invalidateKeys(invalidation.keys);
    case 'clear': {
      const { size } = cache;
      cache.clear();
      return size;
    }
  }
}

const isCache = <K, V>(value: unknown): value is Cache<K, V> => value instanceof Cache;
