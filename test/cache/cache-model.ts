import type { PolicyModel } from './policy-models.js';

interface Kept {
  readonly value: number;
  readonly bytes: number;
  readonly expiresAt: number;
  readonly tag: string | undefined;
}

export interface Removed {
  readonly key: string;
  readonly value: number;
  readonly bytes: number;
  readonly reason: string;
}

/** What a cache does, in the fewest words. */
export class CacheModel {
  readonly kept = new Map<string, Kept>();
  readonly removed: Removed[] = [];
  readonly #policy: PolicyModel;
  readonly #maxSize: number;
  readonly #maxBytes: number;

  constructor(policy: PolicyModel, maxSize: number, maxBytes: number) {
    this.#policy = policy;
    this.#maxSize = maxSize;
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return [...this.kept.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  get(key: string): number | undefined {
    const kept = this.kept.get(key);
    if (kept) this.#policy.touch(key);
    return kept?.value;
  }

  set(key: string, kept: Kept): void {
    const before = this.kept.get(key);
    if (kept.bytes > this.#maxBytes) {
      if (before) this.drop(key, 'bytes');
      return;
    }
    if (before) {
      this.removed.push({ key, value: before.value, bytes: before.bytes, reason: 'replaced' });
      this.#policy.touch(key);
      this.kept.set(key, kept);
    } else {
      while (this.kept.size >= this.#maxSize) this.evict('size');
      while (this.bytes + kept.bytes > this.#maxBytes) this.evict('bytes');
      this.#policy.add(key);
      this.kept.set(key, kept);
    }
    while (this.bytes > this.#maxBytes) this.evict('bytes');
  }

  evict(reason: string): boolean {
    const key = this.#policy.evict();
    if (key === undefined) return false;
    this.#forget(key, reason);
    return true;
  }

  drop(key: string, reason: string): boolean {
    if (!this.kept.has(key)) return false;
    this.#policy.remove(key);
    this.#forget(key, reason);
    return true;
  }

  /** Drops what `test` picks, those in `order` in this order: a cache has no order of its own, but its policy sees it. */
  dropWhere(test: (kept: Kept) => boolean, reason: string, order: readonly string[]): number {
    const picked = new Set([...this.kept].filter(([, kept]) => test(kept)).map(([key]) => key));
    for (const key of [...order.filter((one) => picked.has(one)), ...picked]) this.drop(key, reason);
    return picked.size;
  }

  clear(): void {
    for (const key of [...this.kept.keys()]) this.#forget(key, 'cleared');
    this.#policy.clear();
  }

  #forget(key: string, reason: string): void {
    const kept = this.kept.get(key);
    if (!kept) return;
    this.kept.delete(key);
    this.removed.push({ key, value: kept.value, bytes: kept.bytes, reason });
  }
}
