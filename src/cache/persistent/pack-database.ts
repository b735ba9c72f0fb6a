import type { DBSchema, IDBPTransaction } from 'idb';
import type { Environment } from '../../core/environment.js';
import { Database, type StorageError, toStorageError } from '../../storage/index.js';
import { databaseName } from './database-name.js';
import type { DiskIndex } from './disk-index.js';
import type { Head, Pack } from './record.js';
import type { CacheDurability } from './store-config.js';

/** Heads and packs apart, so that starting never loads a value. Records are checked when they are read. */
interface PackSchema extends DBSchema {
  heads: { key: number; value: { readonly seq: number } };
  packs: { key: number; value: unknown };
}

const STORES: ('heads' | 'packs')[] = ['heads', 'packs'];
const VERSION = 1;

type Transaction<Mode extends IDBTransactionMode> = IDBPTransaction<PackSchema, ('heads' | 'packs')[], Mode>;

/** A pack that is to be written. */
export interface NewPack {
  /** Given its number and that of the oldest pack once both are known. */
  readonly head: (seq: number, from: number) => Head;
  readonly pack: Pack;
}

export interface PackDatabaseOptions {
  readonly name: string;
  readonly durability: CacheDurability;
  readonly environment: Pick<Environment, 'indexedDB'>;
  readonly index: DiskIndex;
  readonly wallNow: () => number;
  /** Told when the browser has deleted what was there. */
  readonly onLost: (error: StorageError) => void;
}

/**
 * The packs in IndexedDB, in which tabs append to one log. Each transaction begins with what other tabs have appended
 * since the last, so that the index is exact in it. All reject with StorageError.
 */
export class PackDatabase {
  readonly #database: Database<PackSchema>;
  readonly #options: PackDatabaseOptions;

  constructor(options: PackDatabaseOptions) {
    this.#options = options;
    this.#database = new Database<PackSchema>({
      name: databaseName(options.name),
      version: VERSION,
      stores: STORES,
      upgrade: (database) => {
        if (!database.objectStoreNames.contains('heads')) database.createObjectStore('heads', { keyPath: 'seq' });
        if (!database.objectStoreNames.contains('packs')) database.createObjectStore('packs');
      },
      onLost: options.onLost,
      environment: options.environment,
    });
  }

  /** Brings some more of the heads into the index. @returns false when there are none left */
  async loadHeads(count: number): Promise<boolean> {
    const heads = await this.#database.run((database) => database.getAll('heads', this.#unseen(), count));
    this.#options.index.apply(heads);
    return heads.length === count;
  }

  /**
   * The packs of these numbers, as they are stored, and the index as it is then. Of those that are `known` only whether
   * they are there: their numbers.
   */
  async read(seqs: readonly number[], known: ReadonlyMap<number, unknown>): Promise<ReadonlyMap<number, unknown>> {
    const found = new Map<number, unknown>();
    await this.#transact('readonly', async (transaction) => {
      const refreshed = this.#refresh(transaction);
      const packs = transaction.objectStore('packs');
      const reads = seqs.map(async (seq) =>
        found.set(seq, await (known.has(seq) ? packs.getKey(seq) : packs.get(seq))),
      );
      await Promise.all([refreshed, ...reads]);
    });
    return found;
  }

  /** Whether a pack's head is there, which is how one that is missing differs from one that was removed. */
  async hasHead(seq: number): Promise<boolean> {
    return (await this.#database.run((database) => database.getKey('heads', seq))) !== undefined;
  }

  /**
   * Appends packs. With `from: 'nothing'` everything before is removed; with a number, what is before that.
   * `isValid` is asked when the index is exact. @returns false when it said no, and nothing was written
   */
  async append(added: readonly NewPack[], from?: number | 'nothing', isValid?: () => boolean): Promise<boolean> {
    const { index } = this.#options;
    const written: Head[] = [];
    const done = await this.#transact('readwrite', async (transaction) => {
      written.length = 0;
      await this.#refresh(transaction);
      if (isValid && !isValid()) return false;
      const first = this.#nextSeq();
      const oldest = from === 'nothing' ? first : Math.max(from ?? 0, index.oldest);
      const [heads, packs] = [transaction.objectStore('heads'), transaction.objectStore('packs')];
      const requests: Promise<unknown>[] = [];
      const make = (request: Promise<unknown>) => {
        // Awaited below, all together; the transaction may abort before that.
        request.catch(() => undefined);
        requests.push(request);
      };
      const numbered = added.map(({ head, pack }, at) => ({ pack, head: head(first + at, oldest) }));
      written.push(...numbered.map(({ head }) => head));
      const put = (isFirst: boolean) => {
        for (const { pack, head } of numbered)
          if (head.keys.length > 0 && pack.cloned.size > 0 === isFirst) make(packs.put(pack, head.seq));
      };
      // WebKitGTK refuses Blobs, and a transaction of it in which that was not the first write never ends.
      put(true);
      if (from !== undefined)
        for (const store of STORES) make(transaction.objectStore(store).delete(IDBKeyRange.upperBound(oldest, true)));
      for (const { head } of numbered) make(heads.put(head));
      put(false);
      await Promise.all(requests);
      return true;
    });
    if (done) {
      index.apply(written);
      if (from === 'nothing') index.dropBefore(written[0]?.seq ?? index.lastSeq + 1);
      else if (from !== undefined) index.dropBefore(from);
    }
    return done;
  }

  close(): void {
    this.#database.close();
  }

  #unseen(): IDBKeyRange {
    return IDBKeyRange.lowerBound(this.#options.index.lastSeq, true);
  }

  async #refresh(transaction: Transaction<IDBTransactionMode>): Promise<void> {
    this.#options.index.apply(await transaction.objectStore('heads').getAll(this.#unseen()));
  }

  /** By the time, so that a database that was deleted and made anew never has a number that any tab has seen. */
  #nextSeq(): number {
    const { index, wallNow } = this.#options;
    return Math.max(index.lastSeq + 1, Math.floor(wallNow()) * 1_024);
  }

  /** One transaction, whole or not at all; what aborts it is told as one error. */
  #transact<Mode extends 'readonly' | 'readwrite', Result>(
    mode: Mode,
    work: (transaction: Transaction<Mode>) => Promise<Result>,
  ): Promise<Result> {
    const { durability } = this.#options;
    return this.#database.run(async (database) => {
      const transaction = database.transaction(STORES, mode, { durability });
      // Awaited below; a failed request settles it before that.
      transaction.done.catch(() => undefined);
      try {
        const result = await work(transaction);
        // What was read can't fail any more; to hear of the end takes as long as a small read.
        if (mode === 'readwrite') await transaction.done;
        return result;
      } catch (cause) {
        try {
          transaction.abort();
        } catch {
          // It has ended already.
        }
        throw toStorageError(cause, transaction.error);
      }
    });
  }
}
