import type { Bytes, Milliseconds, MonotonicMs } from '../core/units.js';
import { AccessOrder } from './access-order.js';
import { DeadlineHeap } from './deadline-heap.js';
import type { ResourceEntry } from './resource-entry.js';
import { ResourceType } from './resource-type.js';

/** The active resources, in the orders that a sweep asks for: it finds what is due without looking at the rest. */
export class Registry {
  readonly #entries = new Map<string, ResourceEntry>();
  readonly #deadlines = new DeadlineHeap();
  /** Entries with a time-out of their own, and without one: the latter expire in the order of access. */
  readonly #timed = new AccessOrder();
  readonly #untimed = new AccessOrder();
  readonly #byType = new Map<ResourceType, number>();
  #bytes = 0;

  get size(): number {
    return this.#entries.size;
  }

  get bytes(): Bytes {
    return this.#bytes;
  }

  find(id: string): ResourceEntry | undefined {
    return this.#entries.get(id);
  }

  values(): Iterable<ResourceEntry> {
    return this.#entries.values();
  }

  has(entry: ResourceEntry): boolean {
    return this.#entries.get(entry.id) === entry;
  }

  countByType(): Record<ResourceType, number> {
    const count = (type: ResourceType) => this.#byType.get(type) ?? 0;
    return {
      file: count(ResourceType.FILE),
      directory: count(ResourceType.DIRECTORY),
      memory: count(ResourceType.MEMORY),
      thread: count(ResourceType.THREAD),
      network: count(ResourceType.NETWORK),
      database: count(ResourceType.DATABASE),
      cache: count(ResourceType.CACHE),
      temporary: count(ResourceType.TEMPORARY),
    };
  }

  add(entry: ResourceEntry): void {
    this.#entries.set(entry.id, entry);
    this.#orderOf(entry).append(entry);
    if (entry.timeoutMs !== undefined) this.#deadlines.add(entry);
    this.#count(entry, 1);
  }

  /** @returns false when it was not there */
  remove(entry: ResourceEntry): boolean {
    if (!this.has(entry)) return false;
    this.#entries.delete(entry.id);
    this.#orderOf(entry).remove(entry);
    if (entry.timeoutMs !== undefined) this.#deadlines.remove(entry);
    this.#count(entry, -1);
    return true;
  }

  touch(entry: ResourceEntry, now: MonotonicMs): void {
    entry.lastAccessed = now;
    this.#orderOf(entry).moveToEnd(entry);
    if (entry.timeoutMs !== undefined) this.#deadlines.postpone(entry);
  }

  resize(entry: ResourceEntry, sizeBytes: Bytes): void {
    if (this.has(entry)) this.#bytes += sizeBytes - entry.sizeBytes;
    entry.sizeBytes = sizeBytes;
  }

  /** One entry whose time ran out before `now`; `defaultTimeoutMs` is for those without their own. */
  nextExpired(now: MonotonicMs, defaultTimeoutMs: Milliseconds): ResourceEntry | undefined {
    const due = this.#deadlines.first;
    if (due && due.deadline <= now) return due;
    const oldest = this.#untimed.oldest;
    return oldest && oldest.lastAccessed + defaultTimeoutMs <= now ? oldest : undefined;
  }

  /** From the one that was not used for the longest time. */
  *leastRecentlyUsed(): Generator<ResourceEntry> {
    let timed = this.#timed.oldest;
    let untimed = this.#untimed.oldest;
    while (timed || untimed) {
      const first: ResourceEntry | undefined =
        !untimed || (timed && timed.lastAccessed < untimed.lastAccessed) ? timed : untimed;
      if (!first) return;
      if (first === timed) timed = timed.next;
      else untimed = first.next;
      yield first;
    }
  }

  /** The first `count` of those. */
  idlest(count: number): ResourceEntry[] {
    const idle: ResourceEntry[] = [];
    for (const entry of this.leastRecentlyUsed()) {
      if (idle.length === count) break;
      idle.push(entry);
    }
    return idle;
  }

  #orderOf(entry: ResourceEntry): AccessOrder {
    return entry.timeoutMs === undefined ? this.#untimed : this.#timed;
  }

  #count(entry: ResourceEntry, by: 1 | -1): void {
    this.#byType.set(entry.type, (this.#byType.get(entry.type) ?? 0) + by);
    this.#bytes += by * entry.sizeBytes;
  }
}
