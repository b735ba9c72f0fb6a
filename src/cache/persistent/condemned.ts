import type { DiskKey } from './record.js';
import type { DiskEntry } from './write-batch.js';

interface Sentence<V> {
  readonly test: (entry: DiskEntry<V>) => boolean;
  /** Keys put since: what was put is valid. */
  readonly spared: Set<DiskKey>;
}

/** Predicates that call entries on disk invalid, from the call until all of the disk has been looked through. */
export class Condemned<V> {
  readonly #sentences = new Set<Sentence<V>>();

  add(test: (entry: DiskEntry<V>) => boolean): Sentence<V> {
    const sentence = { test, spared: new Set<DiskKey>() };
    this.#sentences.add(sentence);
    return sentence;
  }

  end(sentence: Sentence<V>): void {
    this.#sentences.delete(sentence);
  }

  spare(key: DiskKey): void {
    for (const { spared } of this.#sentences) spared.add(key);
  }

  has(entry: DiskEntry<V>): boolean {
    for (const { test, spared } of this.#sentences) if (!spared.has(entry.key) && test(entry)) return true;
    return false;
  }
}
