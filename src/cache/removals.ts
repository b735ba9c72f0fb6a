import { type Observable, Subject } from 'rxjs';
import type { Audience } from './audience.js';
import { type CacheRemoval, RemovalReason } from './cache-removal.js';

/** Counts what leaves a cache and tells of it, after the call that made it leave has done its work. */
export class Removals<K, V> {
  readonly removals$: Observable<CacheRemoval<K, V>>;
  readonly counts = { evictions: 0, expirations: 0, invalidations: 0 };
  readonly #subject = new Subject<CacheRemoval<K, V>>();
  readonly #audience: Audience;
  #waiting: CacheRemoval<K, V>[] = [];

  constructor(audience: Audience) {
    this.#audience = audience;
    this.removals$ = audience.of(this.#subject);
  }

  get observed(): boolean {
    return this.#audience.size > 0 && this.#subject.observed;
  }

  count(reason: RemovalReason): void {
    if (reason === RemovalReason.SIZE || reason === RemovalReason.BYTES) this.counts.evictions++;
    else if (reason === RemovalReason.TTL) this.counts.expirations++;
    else if (reason === RemovalReason.TAG) this.counts.invalidations++;
  }

  /** Keeps a value that left, to tell of it. */
  keep(removal: CacheRemoval<K, V>): void {
    this.#waiting.push(removal);
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
