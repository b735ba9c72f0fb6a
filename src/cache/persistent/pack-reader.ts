import type { Compressor } from '../../core/compressor.js';
import type { Bytes } from '../../core/units.js';
import type { DiskIndex } from './disk-index.js';
import type { PackDatabase } from './pack-database.js';
import { RecentPacks } from './recent-packs.js';
import { isPack, packState } from './record.js';
import { type OpenPack, type Stored, valueAt } from './slot.js';

export interface PackReaderOptions {
  readonly database: PackDatabase;
  readonly index: DiskIndex;
  readonly compressor: Compressor | undefined;
  readonly onRead: (bytes: Bytes) => void;
  readonly onDamaged: (cause: unknown) => void;
}

/** Reads packs and values. What can't be read is counted, told of and forgotten. Rejects with StorageError. */
export class PackReader {
  readonly #options: PackReaderOptions;
  readonly #recent = new RecentPacks();

  constructor(options: PackReaderOptions) {
    this.#options = options;
  }

  /** The packs of these numbers, those that are there and can be read; the index is exact then. */
  async open(seqs: readonly number[]): Promise<ReadonlyMap<number, OpenPack>> {
    const recent = this.#recent.among(seqs);
    const records = await this.#options.database.read(seqs, recent);
    const packs = new Map<number, OpenPack>();
    for (const [seq, record] of records) {
      const pack =
        record === undefined ? await this.#missing(seq) : (recent.get(seq) ?? (await this.#unpack(seq, record)));
      if (pack) packs.set(seq, pack);
    }
    return packs;
  }

  /** A value of a pack; what `otherwise` says where its text is damaged. */
  value(seq: number, pack: OpenPack, slot: number, otherwise: symbol): Stored {
    try {
      return valueAt(pack, slot);
    } catch (cause) {
      this.#reject(seq, cause);
      return otherwise;
    }
  }

  /** Another tab has removed it, or else it was lost. */
  async #missing(seq: number): Promise<undefined> {
    if (await this.#options.database.hasHead(seq)) this.#reject(seq, new RangeError(`pack ${seq} is missing`));
    else this.#options.index.dropPack(seq);
  }

  async #unpack(seq: number, record: unknown): Promise<OpenPack | undefined> {
    const { compressor, index } = this.#options;
    if (packState(record) === 'outdated') {
      index.outdated++;
      index.dropPack(seq);
      return undefined;
    }
    try {
      if (!isPack(record)) throw new TypeError(`pack ${seq} has another form`);
      if (typeof record.text === 'string') return this.#opened(seq, record, record.text);
      if (!compressor) throw new TypeError(`pack ${seq} is compressed, and nothing here decompresses`);
      const text = new TextDecoder().decode(await compressor.decompress(record.text));
      if (text.length !== (record.ends.at(-1) ?? 0)) throw new TypeError(`pack ${seq} has another length`);
      return this.#opened(seq, record, text);
    } catch (cause) {
      this.#reject(seq, cause);
      return undefined;
    }
  }

  #opened(seq: number, { format, ends, cloned }: Omit<OpenPack, 'text'>, text: string): OpenPack {
    this.#options.onRead(text.length);
    const pack = { format, text, ends, cloned };
    // Of one that was cloned, each reader needs a copy of its own, or one's changes would be the other's.
    if (cloned.size === 0) this.#recent.add(seq, pack);
    return pack;
  }

  #reject(seq: number, cause: unknown): void {
    const { index, onDamaged } = this.#options;
    index.damaged++;
    index.dropPack(seq);
    onDamaged(cause);
  }
}
