import type { Bytes } from '../core/units.js';

/** A cache, as far as the budget sees it. */
export interface BudgetMember {
  readonly size: number;
  readonly bytes: Bytes | undefined;
  readonly stats: { readonly hits: number };
  evict(count: number, reason: 'bytes'): number;
}

interface Holding {
  readonly member: BudgetMember;
  /** Its hits when the counting began anew. */
  hitsBefore: number;
}

/**
 * One limit for the bytes of several caches. What goes over it is taken, entry by entry, from the cache with the fewest hits
 * for each byte that it holds, so that bytes are shared out as hits are. Hits count since the caches together last took
 * in as many bytes as the limit.
 */
export class MemoryBudget {
  bytes: Bytes = 0;
  readonly #limit: Bytes;
  readonly #holdings: Holding[] = [];
  #takenIn: Bytes = 0;

  constructor(limit: Bytes) {
    this.#limit = limit;
  }

  add(member: BudgetMember): void {
    this.#holdings.push({ member, hitsBefore: 0 });
  }

  /** A cache's bytes have changed. */
  change(bytes: Bytes): void {
    this.bytes += bytes;
    if (bytes <= 0) return;
    this.#takenIn += bytes;
    if (this.#takenIn >= this.#limit) this.#countAnew();
    while (this.bytes > this.#limit && this.#leastUseful()?.evict(1, 'bytes'));
  }

  #countAnew(): void {
    this.#takenIn = 0;
    for (const holding of this.#holdings) holding.hitsBefore = holding.member.stats.hits;
  }

  #leastUseful(): BudgetMember | undefined {
    let found: BudgetMember | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const { member, hitsBefore } of this.#holdings) {
      if (!member.bytes) continue;
      // One hit is given, so that a cache that is new can hold enough to earn some.
      const useful = (member.stats.hits - hitsBefore + 1) / member.bytes;
      if (useful >= least) continue;
      least = useful;
      found = member;
    }
    return found;
  }
}
