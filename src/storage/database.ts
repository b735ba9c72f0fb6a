import { type DBSchema, deleteDB, type IDBPDatabase, openDB, type StoreNames } from 'idb';
import { type Clock, SystemClock } from '../core/clock.js';
import type { Environment } from '../core/environment.js';
import type { Milliseconds } from '../core/units.js';
import { StorageError, StorageErrorKind, toStorageError } from './storage-error.js';

export interface DatabaseConfig<Schema extends DBSchema> {
  readonly name: string;
  readonly version: number;
  /**
   * Every store that there has to be. Upgrades are atomic, so one that is missing after opening means a wedged database, or
   * somebody else's: it is made anew if it holds nothing, and left alone if it does.
   */
  readonly stores: readonly StoreNames<Schema>[];
  /** Makes what is missing, and keeps what is there. */
  readonly upgrade: (database: IDBPDatabase<Schema>, oldVersion: number) => void;
  /**
   * Told when the browser has found its files damaged and has deleted all of them before it opened the database. Chromium
   * does so after a process of its own was killed in the middle of a write, and tells the first of the site's databases to
   * be opened then (`dataLoss`); other browsers tell nothing.
   */
  readonly onLost: (error: StorageError) => void;
  readonly environment: Pick<Environment, 'indexedDB'>;
  readonly clock?: Clock;
}

/** Opening that fails is tried again after these: a browser that was killed may hold on to its files for a moment. */
const OPEN_AGAIN_MS: readonly Milliseconds[] = [100, 400, 1_000];

/**
 * One IndexedDB database over idb: opened at first use, verified, and opened once more when it closes under us (Safari in
 * the background, an upgrade or a deletion in another tab). It lets other tabs upgrade and delete at any time.
 */
export class Database<Schema extends DBSchema> {
  readonly #options: DatabaseConfig<Schema>;
  #connection: Promise<IDBPDatabase<Schema>> | undefined;
  #closed = false;

  constructor(options: DatabaseConfig<Schema>) {
    this.#options = options;
  }

  /**
   * Does some work with the connection. Work that fails because the connection has closed is done once more, so it should
   * be one transaction. @throws StorageError
   */
  async run<Result>(work: (database: IDBPDatabase<Schema>) => Promise<Result>): Promise<Result> {
    try {
      return await this.#attempt(work);
    } catch (cause) {
      const error = toStorageError(cause);
      if (error.kind !== StorageErrorKind.CLOSED || this.#closed) throw error;
    }
    try {
      return await this.#attempt(work);
    } catch (cause) {
      throw toStorageError(cause);
    }
  }

  /** Closes the connection, after the transactions under way. It is not opened again. */
  close(): void {
    this.#closed = true;
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.then(
      (database) => database.close(),
      () => undefined,
    );
  }

  async #attempt<Result>(work: (database: IDBPDatabase<Schema>) => Promise<Result>): Promise<Result> {
    if (this.#closed)
      throw new StorageError(StorageErrorKind.CLOSED, `the database '${this.#options.name}' was closed`);
    this.#connection ??= this.#open();
    const connection = this.#connection;
    try {
      return await work(await connection);
    } catch (cause) {
      // Whatever it was: the next work starts with a connection of its own, unless this one still serves.
      if (toStorageError(cause).kind === StorageErrorKind.CLOSED && this.#connection === connection)
        this.#connection = undefined;
      throw cause;
    }
  }

  async #open(): Promise<IDBPDatabase<Schema>> {
    const { name, stores, environment } = this.#options;
    if (!environment.indexedDB) throw new StorageError(StorageErrorKind.UNSUPPORTED, 'there is no IndexedDB here');
    try {
      const database = await this.#connectPatiently();
      if (stores.every((store) => database.objectStoreNames.contains(store))) return database;
      const holds = await holdsRecords(database).finally(() => database.close());
      if (holds)
        throw new StorageError(StorageErrorKind.FAILED, `the database '${name}' holds other data than it should`);
      await deleteDB(name);
      return await this.#connect();
    } catch (cause) {
      this.#connection = undefined;
      throw cause;
    }
  }

  async #connectPatiently(): Promise<IDBPDatabase<Schema>> {
    const { clock = new SystemClock() } = this.#options;
    for (const waitMs of OPEN_AGAIN_MS) {
      try {
        return await this.#connect();
      } catch (cause) {
        if (toStorageError(cause).kind !== StorageErrorKind.FAILED || this.#closed) throw cause;
        await new Promise<void>((resolve) => clock.setTimer(resolve, waitMs));
      }
    }
    return await this.#connect();
  }

  #connect(): Promise<IDBPDatabase<Schema>> {
    const { name, version, upgrade, onLost } = this.#options;
    const forget = () => {
      this.#connection = undefined;
    };
    return openDB<Schema>(name, version, {
      upgrade: (database, oldVersion, _newVersion, _transaction, event) => {
        upgrade(database, oldVersion);
        const loss = lossOf(event);
        if (loss !== undefined) onLost(new StorageError(StorageErrorKind.FAILED, loss));
      },
      blocking: (_current, _blocked, { target }) => {
        forget();
        if (target instanceof IDBDatabase) target.close();
      },
      terminated: forget,
    });
  }
}

/** What the browser says of the data that it has lost (https://github.com/w3c/IndexedDB/issues/30); not in the standard. */
const lossOf = (event: IDBVersionChangeEvent): string | undefined =>
  Reflect.get(event, 'dataLoss') === 'total' ? String(Reflect.get(event, 'dataLossMessage')) : undefined;

async function holdsRecords<Schema extends DBSchema>(database: IDBPDatabase<Schema>): Promise<boolean> {
  const names = [...database.objectStoreNames];
  if (names.length === 0) return false;
  const transaction = database.transaction(names);
  const counts = await Promise.all(names.map((name) => transaction.objectStore(name).count()));
  return counts.some((count) => count > 0);
}
