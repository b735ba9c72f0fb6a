import { type Observable, Subject } from 'rxjs';
import type { Bytes } from '../core/units.js';
import { type CacheRemoval, RemovalReason } from './cache-removal.js';

/** Counts what leaves a cache and tells of it, after the call that made it leave has done its work. */
export class Removals<K, V> {
  readonly removals$: Observable<CacheRemoval<K, V>>;
  readonly counts = { evictions: 0, expirations: 0, invalidations: 0 };
  readonly #subject = new Subject<CacheRemoval<K, V>>();
  #waiting: CacheRemoval<K, V>[] = [];

  constructor() {
    this.removals$ = this.#subject.asObservable();
  }

  get observed(): boolean {
    return this.#subject.observed;
  }

  record(key: K, value: V, bytes: Bytes, reason: RemovalReason): void {
    if (reason === RemovalReason.SIZE || reason === RemovalReason.BYTES) this.counts.evictions++;
    else if (reason === RemovalReason.TTL) this.counts.expirations++;
    else if (reason === RemovalReason.TAG) this.counts.invalidations++;
    if (this.#subject.observed) this.#waiting.push({ key, value, bytes, reason });
  }

  /** Tells of what was recorded. What a subscriber does to the cache is recorded and told in turn. */
  tell(): void {
    if (this.#waiting.length === 0) return;
    const told = this.#waiting;
    this.#waiting = [];
    for (const removal of told) this.#subject.next(removal);
  }

  complete(): void {
    this.#waiting = [];
    this.#subject.complete();
  }
}
