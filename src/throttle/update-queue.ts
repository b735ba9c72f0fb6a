import type { Milliseconds, MonotonicMs } from '../core/units.js';

/** One update that waits to run. */
export interface PendingUpdate {
  update: () => unknown;
  priority: number;
  readonly key: PropertyKey | undefined;
  /** When the oldest request that it stands for was made. */
  readonly requestedAt: MonotonicMs;
  cancelled: boolean;
}

/** What waited longer than this goes first, whatever its priority: so nothing starves. */
export const OVERDUE_MS: Milliseconds = 250;

const COMPACT_AFTER = 64;

/**
 * What is pending: a Map for the keyed, so that the latest wins in O(1), and a list in order of arrival.
 * A refresh takes all that waits at its start; what comes later waits for the next one, so no key runs twice in one.
 */
export class UpdateQueue {
  readonly #keyed = new Map<PropertyKey, PendingUpdate>();
  #waiting: PendingUpdate[] = [];
  #due: PendingUpdate[] = [];
  #taken = 0;
  #size = 0;
  #withdrawn = 0;

  /** How many updates have yet to run. */
  get size(): number {
    return this.#size;
  }

  /** Whether the refresh that began has updates left. */
  get hasDue(): boolean {
    return this.#taken < this.#due.length;
  }

  /** Whether something waits for a refresh to begin. */
  get hasWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** The pending update with this key. */
  find(key: PropertyKey): PendingUpdate | undefined {
    return this.#keyed.get(key);
  }

  add(entry: PendingUpdate): void {
    if (entry.key !== undefined) this.#keyed.set(entry.key, entry);
    this.#waiting.push(entry);
    this.#size++;
  }

  /** Takes the pending update with this key out. */
  remove(key: PropertyKey): PendingUpdate | undefined {
    const entry = this.#keyed.get(key);
    if (!entry) return undefined;
    this.#keyed.delete(key);
    entry.cancelled = true;
    this.#size--;
    if (++this.#withdrawn > COMPACT_AFTER && this.#withdrawn > this.#size) this.#compact();
    return entry;
  }

  /** Makes all that waits due: what is overdue first, then by priority, then by age. */
  beginRefresh(now: MonotonicMs): void {
    const due = this.hasDue ? this.#due.slice(this.#taken).concat(this.#waiting) : this.#waiting;
    this.#waiting = [];
    this.#taken = 0;
    const first = due[0]?.priority;
    // Equal priorities, the common case, stand in order of age already.
    if (due.some((entry) => entry.priority !== first)) due.sort((a, b) => order(a, b, now));
    this.#due = due;
  }

  /** Forgets what was withdrawn, so that a queue that nobody drains does not grow. */
  #compact(): void {
    this.#waiting = this.#waiting.filter((entry) => !entry.cancelled);
    this.#withdrawn = 0;
  }

  /** Takes the next due update; `undefined` when the refresh is done. */
  next(): PendingUpdate | undefined {
    while (this.#taken < this.#due.length) {
      const entry = this.#due[this.#taken++];
      if (!entry || entry.cancelled) continue;
      if (entry.key !== undefined) this.#keyed.delete(entry.key);
      this.#size--;
      return entry;
    }
    this.#due = [];
    this.#taken = 0;
    return undefined;
  }
}

function order(a: PendingUpdate, b: PendingUpdate, now: MonotonicMs): number {
  const aOverdue = now - a.requestedAt >= OVERDUE_MS;
  const bOverdue = now - b.requestedAt >= OVERDUE_MS;
  if (aOverdue !== bOverdue) return aOverdue ? -1 : 1;
  if (!aOverdue && a.priority !== b.priority) return b.priority - a.priority;
  return a.requestedAt - b.requestedAt;
}
