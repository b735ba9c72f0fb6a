import { isPlainObject } from '../../core/json-faithful.js';
import type { Bytes } from '../../core/units.js';
import { BodyTruncator, type Cut, type Truncation } from './truncate-body.js';

/** Cuts bodies, alone or in a copy of their entry (the app's own stays as it is), and counts what it has cut. */
export class EntryTrimmer {
  readonly #truncator: BodyTruncator;
  readonly #fields: readonly string[];
  truncatedBodies = 0;
  truncatedBytes: Bytes = 0;

  constructor(maxBodySize: Bytes, fields: readonly string[]) {
    this.#truncator = new BodyTruncator(maxBodySize);
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

  truncate(body: unknown): Truncation {
    const truncation = this.#truncator.truncate(body);
    if (truncation.truncated) this.#count(truncation);
    return truncation;
  }

  #trimObject<Entry extends Readonly<Record<string, unknown>>>(entry: Entry): Entry {
    let trimmed = entry;
    for (const field of this.#fields) {
      const cut = this.#truncator.cut(entry[field]);
      if (!cut) continue;
      trimmed = { ...trimmed, [field]: cut.body };
      this.#count(cut);
    }
    return trimmed;
  }

  #count(cut: Pick<Cut, 'cutBytes'>): void {
    this.truncatedBodies++;
    this.truncatedBytes += cut.cutBytes;
  }
}
