import { estimateBytes } from '../../core/size-estimate.js';
import type { Bytes } from '../../core/units.js';

/** Measures entries; where the app's own way fails, by poise's. */
export class EntrySizer<Entry> {
  readonly #sizeOf: ((entry: Entry) => Bytes) | undefined;
  readonly #onFailure: (cause: unknown) => void;

  /** `onFailure` is given what `sizeOf` threw, or the bad size that it gave. */
  constructor(sizeOf: ((entry: Entry) => Bytes) | undefined, onFailure: (cause: unknown) => void) {
    this.#sizeOf = sizeOf;
    this.#onFailure = onFailure;
  }

  /** A whole number of bytes. Never throws. */
  measure(entry: Entry): Bytes {
    if (!this.#sizeOf) return estimateBytes(entry);
    try {
      const bytes: unknown = this.#sizeOf(entry);
      if (typeof bytes === 'number' && bytes >= 0 && bytes <= Number.MAX_SAFE_INTEGER) return Math.ceil(bytes);
      this.#onFailure(bytes);
    } catch (cause) {
      this.#onFailure(cause);
    }
    return estimateBytes(entry);
  }
}
