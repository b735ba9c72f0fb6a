import { type Collection, createCollection, localOnlyCollectionOptions } from '@tanstack/db';
import { disposeSymbol } from '../../src/core/index.js';
import { MemoryManager } from '../../src/memory/index.js';
import type { Entry } from './entries.js';
import type { MakeStore } from './store.js';

/** No limit of bytes is met here: what is measured is the limit of entries. */
const MOST_MB = 100_000;

export const poise: MakeStore = (maxEntries, sizeOf) => {
  const manager = new MemoryManager<Entry>({ maxEntries, maxMemoryMb: MOST_MB, sizeOf });
  manager.start();
  return {
    get size() {
      return manager.size;
    },
    get bytes() {
      return manager.bytes;
    },
    add: (entry) => void manager.add(entry),
    end: () => manager[disposeSymbol](),
  };
};

interface Kept {
  readonly entry: Entry;
  readonly bytes: number;
}

/** An array whose first item is taken out when it is full. */
const array =
  (removeFirst: (items: Kept[]) => Kept | undefined): MakeStore =>
  (limit, sizeOf) => {
    const items: Kept[] = [];
    let bytes = 0;
    return {
      get size() {
        return items.length;
      },
      get bytes() {
        return bytes;
      },
      add: (entry) => {
        const size = sizeOf(entry);
        items.push({ entry, bytes: size });
        bytes += size;
        if (items.length > limit) bytes -= removeFirst(items)?.bytes ?? 0;
      },
      end: () => undefined,
    };
  };

export const arrayShift = array((items) => items.shift());
export const arraySplice = array((items) => items.splice(0, 1)[0]);

/** A Map whose oldest key `nextKey` finds. */
const map =
  (makeNextKey: (items: Map<number, Kept>) => () => number | undefined): MakeStore =>
  (limit, sizeOf) => {
    const items = new Map<number, Kept>();
    const nextKey = makeNextKey(items);
    let bytes = 0;
    let lastId = 0;
    return {
      get size() {
        return items.size;
      },
      get bytes() {
        return bytes;
      },
      add: (entry) => {
        const size = sizeOf(entry);
        items.set(++lastId, { entry, bytes: size });
        bytes += size;
        if (items.size <= limit) return;
        const oldest = nextKey() ?? 0;
        bytes -= items.get(oldest)?.bytes ?? 0;
        items.delete(oldest);
      },
      end: () => undefined,
    };
  };

export const mapFirstKey = map((items) => () => items.keys().next().value);
/** The way around the Map's slow first key: one iterator, which stands where the last key was deleted. */
export const mapKeptIterator = map((items) => {
  const keys = items.keys();
  return () => keys.next().value;
});

/** A local-only collection; ids count up, so the oldest is known. */
export const tanstackDb: MakeStore = (limit, sizeOf) => {
  const items: Collection<Entry & { key: number; bytes: number }, number> = createCollection(
    localOnlyCollectionOptions({
      id: `entries-${limit}`,
      getKey: (item: Entry & { key: number; bytes: number }) => item.key,
    }),
  );
  let bytes = 0;
  let lastKey = 0;
  return {
    get size() {
      return items.size;
    },
    get bytes() {
      return bytes;
    },
    add: (entry) => {
      const size = sizeOf(entry);
      items.insert({ ...entry, key: ++lastKey, bytes: size });
      bytes += size;
      if (items.size <= limit) return;
      bytes -= items.get(lastKey - limit)?.bytes ?? 0;
      items.delete(lastKey - limit);
    },
    end: () => void items.cleanup(),
  };
};
