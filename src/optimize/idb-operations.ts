import type { IDBPDatabase, IDBPTransaction } from 'idb';

/** One read or write in an object store: `['put', value, key?]`, `['get', key]`, `['delete', key]` or `['count']`. */
export type StoreOperation =
  | readonly ['put', value: unknown, key?: IDBValidKey]
  | readonly ['get', key: IDBValidKey]
  | readonly ['delete', key: IDBValidKey]
  | readonly ['count'];

/** Both sides of a database optimisation over one object store. */
export interface StoreAccess {
  /** One operation in a transaction of its own. */
  readonly single: (operation: StoreOperation) => Promise<unknown>;
  /** Many in one, in their order; for `batch`. */
  readonly batch: (operations: readonly (readonly [StoreOperation])[]) => Promise<unknown[]>;
}

/**
 * Reads and writes of an object store for `optimizeFunction(single, { optimizationType: 'database', batch })`. The
 * transaction is read-only when all operations are.
 */
export function idbOperations(db: IDBPDatabase, store: string): StoreAccess {
  const batch = async (operations: readonly (readonly [StoreOperation])[]): Promise<unknown[]> => {
    const writes = operations.some(([[kind]]) => kind === 'put' || kind === 'delete');
    const transaction = db.transaction(store, writes ? 'readwrite' : 'readonly');
    const results = operations.map(([operation]) => perform(transaction, operation));
    // What fails aborts the transaction; the rest then rejects with it and needs no listener of its own.
    for (const result of results) result.catch(() => undefined);
    await transaction.done;
    return await Promise.all(results);
  };
  return { batch, single: async (operation) => (await batch([[operation]]))[0] };
}

type Transaction = IDBPTransaction<unknown, [string], 'readonly' | 'readwrite'>;

async function perform({ store }: Transaction, operation: StoreOperation): Promise<unknown> {
  switch (operation[0]) {
    case 'put':
      return await store.put?.(operation[1], operation[2]);
    case 'get':
      return await store.get(operation[1]);
    case 'delete':
      return await store.delete?.(operation[1]);
    case 'count':
      return await store.count();
  }
}
