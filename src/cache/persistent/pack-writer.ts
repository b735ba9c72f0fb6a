import type { Compressor } from '../../core/compressor.js';
import type { Bytes } from '../../core/units.js';
import { StorageErrorKind, toStorageError } from '../../storage/index.js';
import type { NewPack, PackDatabase } from './pack-database.js';
import { type DiskKey, PACK_BYTES, PACK_ENTRIES } from './record.js';
import { type Slot, toHead, toPack } from './slot.js';

/** Less is not worth compressing. */
const LEAST_COMPRESSED: Bytes = 1_000;

/** What one transaction brings to the disk. */
export interface Removals {
  readonly cleared: boolean;
  readonly deleted: readonly DiskKey[];
  readonly deletedTags: readonly string[];
}

export const NO_REMOVALS: Removals = Object.freeze({ cleared: false, deleted: [], deletedTags: [] });

export interface PackWriterOptions {
  readonly database: PackDatabase;
  readonly compressor: Compressor | undefined;
  readonly onNotCompressed: (cause: unknown) => void;
  /** An entry that the browser does not store. */
  readonly onUnstorable: (key: DiskKey, cause: unknown) => void;
}

/** Puts entries together to packs and appends them. */
export class PackWriter {
  readonly #options: PackWriterOptions;

  constructor(options: PackWriterOptions) {
    this.#options = options;
  }

  /** Whether the page is about to go, so that there is no time to compress. */
  hurry = false;

  /**
   * Writes all of it, except what the browser refuses to store; in one transaction, unless more than a pack of it is
   * cloned. Rejects with StorageError.
   */
  async write(slots: readonly Slot[], removals: Removals): Promise<void> {
    try {
      await this.#append(slots, removals);
    } catch (cause) {
      const cloned = slots.filter(isCloned);
      if (cloned.length === 0 || !isAboutValues(cause)) throw cause;
      // What is refused is deleted, as an older value must not come back in its place.
      const deleted = [...removals.deleted, ...cloned.map(({ key }) => key)];
      await this.#append(
        slots.filter((slot) => !isCloned(slot)),
        { ...removals, deleted },
      );
      await this.#writeApart(cloned);
    }
  }

  /** What {@link PackDatabase.append} takes. */
  async packUp(slots: readonly Slot[], { deleted, deletedTags }: Removals): Promise<readonly NewPack[]> {
    const packs: NewPack[] = [];
    // What is cloned comes together, so that few packs have any of it.
    const sorted = [...slots.filter(isCloned), ...slots.filter((slot) => !isCloned(slot))];
    for (const [at, some] of inPacks(sorted).entries()) {
      const removed = at === 0 ? { deleted, deletedTags } : { deleted: [], deletedTags: [] };
      const open = toPack(some);
      const text = await this.#compress(open.text);
      packs.push({ head: (seq, from) => toHead(some, { seq, from, ...removed }), pack: { ...open, text } });
    }
    return packs;
  }

  async #append(slots: readonly Slot[], removals: Removals): Promise<void> {
    const { database } = this.#options;
    const packs = await this.packUp(slots, removals);
    // One with cloned values for each transaction, as the database says why.
    const apart = packs.slice(1).filter(({ pack }) => pack.cloned.size > 0);
    const together = packs.filter((pack) => !apart.includes(pack));
    await database.append(together, removals.cleared ? 'nothing' : undefined);
    for (const pack of apart) await database.append([pack]);
  }

  /** Halves until those are alone that can't be stored. */
  async #writeApart(slots: readonly Slot[]): Promise<void> {
    try {
      await this.#append(slots, NO_REMOVALS);
    } catch (cause) {
      if (!isAboutValues(cause)) throw cause;
      const [first] = slots;
      if (first && slots.length === 1) return this.#options.onUnstorable(first.key, cause);
      const middle = Math.ceil(slots.length / 2);
      await this.#writeApart(slots.slice(0, middle));
      await this.#writeApart(slots.slice(middle));
    }
  }

  async #compress(text: string): Promise<string | Uint8Array<ArrayBuffer>> {
    const { compressor, onNotCompressed } = this.#options;
    if (!compressor || this.hurry || text.length < LEAST_COMPRESSED) return text;
    try {
      return await compressor.compress(new TextEncoder().encode(text));
    } catch (cause) {
      onNotCompressed(cause);
      return text;
    }
  }
}

const isCloned = ({ text }: Slot): boolean => text === undefined;

/** WebKit fails where it can't store a Blob, others say that it can't be cloned. */
function isAboutValues(cause: unknown): boolean {
  const { kind } = toStorageError(cause);
  return kind === StorageErrorKind.UNCLONABLE || kind === StorageErrorKind.FAILED;
}

/** At least one, which may be empty: its head carries the removals. */
function inPacks(slots: readonly Slot[]): Slot[][] {
  let pack: Slot[] = [];
  let bytes: Bytes = 0;
  const packs = [pack];
  for (const slot of slots) {
    if (pack.length === PACK_ENTRIES || (bytes + slot.bytes > PACK_BYTES && pack.length > 0)) {
      pack = [];
      bytes = 0;
      packs.push(pack);
    }
    pack.push(slot);
    bytes += slot.bytes;
  }
  return packs;
}
