import type { Compressor } from '../../core/compressor.js';
import type { Bytes } from '../../core/units.js';
import type { DiskIndex } from './disk-index.js';
import type { PackDatabase } from './pack-database.js';
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

  constructor(options: PackReaderOptions) {
    this.#options = options;
  }

  /** The packs of these numbers, those that are there and can be read; the index is exact then. */
  async open(seqs: readonly number[]): Promise<ReadonlyMap<number, OpenPack>> {
    const records = await this.#options.database.read(seqs);
    const packs = new Map<number, OpenPack>();
    for (const [seq, record] of records) {
      const pack = record === undefined ? await this.#missing(seq) : await this.#unpack(seq, record);
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
    const { compressor, index, onRead } = this.#options;
    if (packState(record) === 'outdated') {
      index.outdated++;
      index.dropPack(seq);
      return undefined;
    }
    try {
      if (!isPack(record)) throw new TypeError(`pack ${seq} has another form`);
      if (typeof record.text === 'string') return this.#opened(record, record.text, onRead);
      if (!compressor) throw new TypeError(`pack ${seq} is compressed, and nothing here decompresses`);
      const text = new TextDecoder().decode(await compressor.decompress(record.text));
      if (text.length !== (record.ends.at(-1) ?? 0)) throw new TypeError(`pack ${seq} has another length`);
      return this.#opened(record, text, onRead);
    } catch (cause) {
      this.#reject(seq, cause);
      return undefined;
    }
  }

  #opened(pack: Omit<OpenPack, 'text'>, text: string, onRead: (bytes: Bytes) => void): OpenPack {
    onRead(text.length);
    return { format: pack.format, text, ends: pack.ends, cloned: pack.cloned };
  }

  #reject(seq: number, cause: unknown): void {
    const { index, onDamaged } = this.#options;
    index.damaged++;
    index.dropPack(seq);
    onDamaged(cause);
  }
}
