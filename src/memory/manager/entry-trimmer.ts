import { isPlainObject } from '../../core/json-faithful.js';
import type { Bytes } from '../../core/units.js';
import type { BodyTruncator, Cut } from './truncate-body.js';

/** Cuts the bodies in entries, in a copy: the app's own entry stays as it is. */
export class EntryTrimmer {
  readonly #truncator: BodyTruncator;
  readonly #fields: readonly string[];
  truncatedBodies = 0;
  truncatedBytes: Bytes = 0;

  constructor(truncator: BodyTruncator, fields: readonly string[]) {
    this.#truncator = truncator;
    this.#fields = fields;
  }

  /**
   * The entry with its bodies cut, or the entry itself where nothing is too long. Only plain objects are cut: a copy
   * of anything else would not be one of its class. Never throws; an entry whose fields do is left as it is.
   */
  trim<Entry>(entry: Entry): Entry {
    try {
      return isPlainObject(entry) ? this.#trimObject(entry) : entry;
    } catch {
      return entry;
    }
  }

  #trimObject<Entry extends Readonly<Record<string, unknown>>>(entry: Entry): Entry {
    let trimmed = entry;
    for (const field of this.#fields) {
      const cut = this.#truncator.cut(entry[field]);
      if (!cut) continue;
      trimmed = { ...trimmed, [field]: cut.body };
      this.count(cut);
    }
    return trimmed;
  }

  count(cut: Pick<Cut, 'cutBytes'>): void {
    this.truncatedBodies++;
    this.truncatedBytes += cut.cutBytes;
  }
}
