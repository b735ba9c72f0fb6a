import type { Bytes } from '../../core/units.js';

/** One kept entry. */
export interface MemoryRecord<Entry> {
  /** Given by `add`; later entries have higher ids, and no id comes twice. */
  readonly id: number;
  readonly entry: Entry;
  /** What it was measured to take when it was added. */
  readonly bytes: Bytes;
}

/** In which order entries are gone through. */
export const MemoryOrder = {
  OLDEST_FIRST: 'oldest-first',
  NEWEST_FIRST: 'newest-first',
} as const;
export type MemoryOrder = (typeof MemoryOrder)[keyof typeof MemoryOrder];

/** Entries a chunk. Small, so that few entries with long gaps between their ids keep few empty slots. */
const CHUNK_SIZE = 256;
/** The number of a chunk that is not in use. */
const UNUSED = -1;

/** A run of ids: `number` × CHUNK_SIZE and those that follow. */
interface Chunk<Entry> {
  number: number;
  readonly records: (MemoryRecord<Entry> | undefined)[];
  /** Records in it. */
  count: number;
  /** There is nothing below this slot. */
  first: number;
  older: Chunk<Entry> | undefined;
  newer: Chunk<Entry> | undefined;
}

/**
 * Entries under ids that count up from 1, in chunks: add at the end, take from the front, find and delete anywhere, each
 * in the same time whatever the size. Nothing is ever moved, and the memory follows the size in both directions.
 * (An array moves all when it shifts; a Map finds its oldest key by walking over those deleted before it, and stops the
 * page to rehash.)
 */
export class EntryDeque<Entry> {
  readonly #chunks = new Map<number, Chunk<Entry>>();
  #oldest: Chunk<Entry> | undefined;
  #newest: Chunk<Entry> | undefined;
  /** A chunk that was emptied: where entries come and go at the limit, none is ever made. */
  #spare: Chunk<Entry> | undefined;
  #nextId = 1;
  #size = 0;
  #bytes: Bytes = 0;

  get size(): number {
    return this.#size;
  }

  get bytes(): Bytes {
    return this.#bytes;
  }

  /** The id that the next entry gets. */
  get nextId(): number {
    return this.#nextId;
  }

  push(entry: Entry, bytes: Bytes): number {
    const id = this.#nextId++;
    const slot = id % CHUNK_SIZE;
    const chunk = slot > 0 && this.#newest ? this.#newest : this.#append((id - slot) / CHUNK_SIZE);
    chunk.records[slot] = { id, entry, bytes };
    chunk.count++;
    this.#size++;
    this.#bytes += bytes;
    return id;
  }

  get(id: number): MemoryRecord<Entry> | undefined {
    return this.#chunks.get(Math.floor(id / CHUNK_SIZE))?.records[id % CHUNK_SIZE];
  }

  delete(id: number): MemoryRecord<Entry> | undefined {
    const chunk = this.#chunks.get(Math.floor(id / CHUNK_SIZE));
    return chunk && this.#take(chunk, id % CHUNK_SIZE);
  }

  /** Takes the oldest entry out. */
  shift(): MemoryRecord<Entry> | undefined {
    if (this.#size === 0) return undefined;
    for (let chunk = this.#oldest; chunk; chunk = chunk.newer) {
      while (chunk.first < CHUNK_SIZE) {
        const taken = this.#take(chunk, chunk.first++);
        if (taken) return taken;
      }
    }
    return undefined;
  }

  clear(): void {
    // Whoever goes through the entries right now notices by this.
    for (const chunk of this.#chunks.values()) chunk.number = UNUSED;
    this.#chunks.clear();
    this.#oldest = undefined;
    this.#newest = undefined;
    this.#spare = undefined;
    this.#size = 0;
    this.#bytes = 0;
  }

  /** Goes through the entries. What comes meanwhile may be seen or not; what goes is not, and nothing is seen twice. */
  *records(order: MemoryOrder = MemoryOrder.OLDEST_FIRST): Generator<MemoryRecord<Entry>, void, undefined> {
    const step = order === MemoryOrder.OLDEST_FIRST ? 1 : -1;
    let chunk = step > 0 ? this.#oldest : this.#newest;
    while (chunk) {
      const { number, records } = chunk;
      // An emptied chunk may serve for other ids meanwhile.
      for (let slot = step > 0 ? 0 : CHUNK_SIZE - 1; slot in records && chunk.number === number; slot += step) {
        const record = records[slot];
        if (record) yield record;
      }
      chunk = this.#after(number, step);
    }
  }

  /** The next chunk in an order, whether or not this one is still there. */
  #after(number: number, step: number): Chunk<Entry> | undefined {
    const here = this.#chunks.get(number);
    if (here) return step > 0 ? here.newer : here.older;
    let next = step > 0 ? this.#oldest : this.#newest;
    while (next && (next.number - number) * step <= 0) next = step > 0 ? next.newer : next.older;
    return next;
  }

  #take(chunk: Chunk<Entry>, slot: number): MemoryRecord<Entry> | undefined {
    const record = chunk.records[slot];
    if (!record) return undefined;
    chunk.records[slot] = undefined;
    chunk.count--;
    this.#size--;
    this.#bytes -= record.bytes;
    if (chunk.count === 0 && chunk !== this.#newest) this.#unlink(chunk);
    return record;
  }

  #append(number: number): Chunk<Entry> {
    const older = this.#newest;
    const chunk = this.#spare ?? makeChunk<Entry>();
    this.#spare = undefined;
    chunk.number = number;
    chunk.first = 0;
    chunk.older = older;
    if (older) older.newer = chunk;
    else this.#oldest = chunk;
    this.#newest = chunk;
    this.#chunks.set(number, chunk);
    if (older?.count === 0) this.#unlink(older);
    return chunk;
  }

  #unlink(chunk: Chunk<Entry>): void {
    this.#chunks.delete(chunk.number);
    if (chunk.older) chunk.older.newer = chunk.newer;
    else this.#oldest = chunk.newer;
    if (chunk.newer) chunk.newer.older = chunk.older;
    // Cut off, so that an old chunk which is garbage already does not keep young ones.
    chunk.older = undefined;
    chunk.newer = undefined;
    chunk.number = UNUSED;
    this.#spare = chunk;
  }
}

function makeChunk<Entry>(): Chunk<Entry> {
  const records = new Array<MemoryRecord<Entry> | undefined>(CHUNK_SIZE).fill(undefined);
  return { number: UNUSED, records, count: 0, first: 0, older: undefined, newer: undefined };
}
