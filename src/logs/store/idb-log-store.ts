import { type DBSchema, type IDBPDatabase, type IDBPTransaction, unwrap, wrap } from 'idb';
import type { Environment } from '../../core/environment.js';
import { Database, type StorageError, type StorageTraffic, toStorageError } from '../../storage/index.js';
import type { LogDurability } from '../log-config.js';
import type { LogStore, SegmentsAndPack } from './log-store.js';
import type { CompressedPack, Pack, Segment } from './segment.js';
import { fromStored, type StoredPack, toStored } from './stored-pack.js';

/** Records and their entries apart, so that listing never loads an entry. */
interface LogSchema extends DBSchema {
  segments: { key: string; value: Segment };
  packs: { key: [place: string, index: number]; value: Pack | StoredPack | CompressedPack };
}

type StoreName = 'segments' | 'packs';
type Writing = IDBPTransaction<LogSchema, StoreName[], 'readwrite'>;

/** 1: rows by column, compressed to text. 2: tables of words. 3: words as one text. What earlier ones wrote is read as it lies there. */
const VERSION = 3;
const STORES: StoreName[] = ['segments', 'packs'];

/** What is cloned in one task. */
const TASK_BYTES = 700_000;

export interface IdbLogStoreOptions {
  readonly name: string;
  readonly durability: LogDurability;
  readonly environment: Pick<Environment, 'indexedDB'>;
  readonly traffic: StorageTraffic;
  /** Told when the browser has deleted what was there. */
  readonly onLost: (error: StorageError) => void;
}

/** A log in IndexedDB. */
export class IdbLogStore implements LogStore {
  readonly persistent = true;
  readonly #database: Database<LogSchema>;
  readonly #durability: LogDurability;
  readonly #traffic: StorageTraffic;

  constructor({ name, durability, environment, traffic, onLost }: IdbLogStoreOptions) {
    this.#durability = durability;
    this.#traffic = traffic;
    this.#database = new Database<LogSchema>({
      name: `poise-logs:${name}`,
      version: VERSION,
      stores: STORES,
      upgrade: (database) => {
        for (const store of STORES) if (!database.objectStoreNames.contains(store)) database.createObjectStore(store);
      },
      onLost,
      environment,
    });
  }

  async append(segment: Segment, before: number, packs: readonly Pack[]): Promise<boolean> {
    const written = await this.#write(async (transaction) => {
      const segments = transaction.objectStore('segments');
      const known = before === 0 ? undefined : await segments.get(segment.id);
      // Done already, by the attempt before the connection closed under us.
      if (known?.writer === segment.writer && known.packs.length === segment.packs.length) return true;
      if (before > 0 && (!known || known.sealed || known.packs.length !== before)) return false;
      // Requests as they are: nobody waits for their answers, and what fails fails the transaction.
      const store = unwrap(transaction.objectStore('packs'));
      // A few at a time: they are cloned in this task, and a large backlog should make no long one.
      let bytes = 0;
      for (const [index, pack] of packs.entries()) {
        const request = store.put(toStored(pack), [segment.id, before + index]);
        bytes += segment.packs[before + index]?.bytes ?? 0;
        if (bytes < TASK_BYTES) continue;
        await wrap(request);
        bytes = 0;
      }
      unwrap(segments).put(segment, segment.id);
      // Nothing more is asked for: the browser need not wait for the answers to be seen.
      transaction.commit();
      return true;
    });
    if (written) this.#traffic.wrote(segment.packs.slice(before).reduce((total, { bytes }) => total + bytes, 0));
    return written;
  }

  async appendLast(segment: Segment, packs: readonly Pack[]): Promise<void> {
    await this.#write(async (transaction) => {
      const store = transaction.objectStore('packs');
      const puts: Promise<unknown>[] = packs.map((pack, index) => store.put(toStored(pack), [segment.id, index]));
      puts.push(transaction.objectStore('segments').put(segment, segment.id));
      // A transaction commits by itself only when a page that is still there has seen its answers.
      transaction.commit();
      await Promise.all(puts);
    });
  }

  update(expected: Segment, changed: Segment): Promise<boolean> {
    return this.#write(async (transaction) => {
      const segments = transaction.objectStore('segments');
      const known = await segments.get(expected.id);
      if (!known || known.sealed !== expected.sealed || known.packs.length !== expected.packs.length) return false;
      await segments.put(changed, changed.id);
      return true;
    });
  }

  async compress(compressed: Segment, packs: readonly CompressedPack[]): Promise<boolean> {
    const written = await this.#write(async (transaction) => {
      const segments = transaction.objectStore('segments');
      const known = await segments.get(compressed.id);
      if (!known || known.compressedBytes !== undefined) return false;
      const store = transaction.objectStore('packs');
      await store.delete(packsAt(known));
      for (const [index, pack] of packs.entries()) await store.put(pack, [placeOf(compressed), index]);
      await segments.put(compressed, compressed.id);
      return true;
    });
    if (written) this.#traffic.wrote(compressed.compressedBytes ?? 0);
    return written;
  }

  async segments(): Promise<Segment[]> {
    return await this.#database.run((database) => database.getAll('segments'));
  }

  async segmentsAnd(segment: Segment, index: number): Promise<SegmentsAndPack> {
    const [segments, kept] = await this.#database.run((database) => {
      const transaction = database.transaction(STORES);
      return Promise.all([
        transaction.objectStore('segments').getAll(),
        transaction.objectStore('packs').get([placeOf(segment), index]),
      ]);
    });
    this.#traffic.didRead(segment.packs[index]?.bytes ?? 0);
    return { segments, kept: fromStored(kept) };
  }

  async loadPack(segment: Segment, index: number): Promise<unknown> {
    const pack = await this.#database.run((database) => database.get('packs', [placeOf(segment), index]));
    this.#traffic.didRead(segment.packs[index]?.bytes ?? 0);
    return fromStored(pack);
  }

  async remove(segments: readonly string[]): Promise<void> {
    await this.#write(async (transaction) => {
      const records = unwrap(transaction.objectStore('segments'));
      const packs = unwrap(transaction.objectStore('packs'));
      for (const id of segments) {
        records.delete(id);
        for (const compressedBytes of [undefined, 0]) packs.delete(packsAt({ id, compressedBytes }));
      }
      transaction.commit();
    });
  }

  async clear(): Promise<void> {
    await this.#write(async (transaction) => {
      for (const store of STORES) await transaction.objectStore(store).clear();
    });
  }

  close(): void {
    this.#database.close();
  }

  /** One transaction, whole or not at all; what aborts it is told as one error. @throws StorageError */
  #write<Result>(work: (transaction: Writing) => Promise<Result>): Promise<Result> {
    return this.#database.run(async (database: IDBPDatabase<LogSchema>) => {
      const transaction = database.transaction(STORES, 'readwrite', { durability: this.#durability });
      // Awaited below; a failed request settles it before that.
      transaction.done.catch(() => undefined);
      try {
        const result = await work(transaction);
        await transaction.done;
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

/** Compressed packs have a place of their own, so that nobody takes one for a pack that was there before. */
const placeOf = ({ id, compressedBytes }: Place): string => (compressedBytes === undefined ? id : `${id}.gz`);

/** All packs of a segment. */
const packsAt = (segment: Place): IDBKeyRange =>
  IDBKeyRange.bound([placeOf(segment), 0], [placeOf(segment), Number.POSITIVE_INFINITY]);

type Place = Pick<Segment, 'id' | 'compressedBytes'>;
