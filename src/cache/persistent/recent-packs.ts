import type { OpenPack } from './slot.js';

/** Looked for at most; the packs themselves are kept by nobody, so they take no memory that is needed. */
const MOST = 32;

/** Packs that were read a moment ago, as long as the engine has them anyway. What is written never changes. */
export class RecentPacks {
  readonly #packs = new Map<number, WeakRef<OpenPack>>();

  /** Those of these numbers that are still in memory. */
  among(seqs: readonly number[]): ReadonlyMap<number, OpenPack> {
    const found = new Map<number, OpenPack>();
    for (const seq of seqs) {
      const pack = this.#packs.get(seq)?.deref();
      if (pack) found.set(seq, pack);
    }
    return found;
  }

  add(seq: number, pack: OpenPack): void {
    this.#packs.delete(seq);
    this.#packs.set(seq, new WeakRef(pack));
    const [oldest] = this.#packs.keys();
    if (this.#packs.size > MOST && oldest !== undefined) this.#packs.delete(oldest);
  }
}
