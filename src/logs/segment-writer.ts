import type { Clock } from '../core/clock.js';
import { describe } from '../core/errors.js';
import { StorageError, StorageErrorKind } from '../storage/index.js';
import type { PackBuffer, ReadyPack } from './pack-buffer.js';
import type { Rotation } from './rotation.js';
import type { LogStore } from './store/log-store.js';
import type { Pack, Segment } from './store/segment.js';

/** What is written in one transaction at most: cloning it is one task. */
const BATCH_PACKS = 5;
const BATCH_BYTES = 3_000_000;
/** An open segment that nobody has written for so long is taken over instead of beginning another. */
const IDLE_MS = 2_000;

export interface SegmentWriterOptions {
  readonly store: LogStore;
  readonly buffer: PackBuffer;
  readonly rotation: Rotation;
  readonly clock: Clock;
  /** Names this page among those that write the log. */
  readonly writer: string;
  /** Told of all segments as a start found them. */
  readonly onFound: (segments: readonly Segment[]) => void;
  /** Told after each write of the segment as it is now, and of its last pack if that is new. */
  readonly onWritten: (segment: Segment, last?: Pack) => void;
}

/** Writes packs into this page's segment, and begins another when it is full. Other tabs have segments of their own. */
export class SegmentWriter {
  readonly #options: SegmentWriterOptions;
  #segment: Segment | undefined;
  #begun = 0;

  constructor(options: SegmentWriterOptions) {
    this.#options = options;
  }

  get segment(): Segment | undefined {
    return this.#segment;
  }

  /** Goes on with the newest segment that an earlier page left open, if there is one. @throws StorageError */
  async adopt(): Promise<void> {
    if (this.#segment) return;
    const { store, clock, writer, onFound } = this.#options;
    const now = clock.wallNow();
    const found = await store.segments();
    onFound(found);
    const free = found.findLast((one) => !one.sealed && (one.left === true || now - one.writtenAt > IDLE_MS));
    if (!free || this.#segment) return;
    const ours = { ...free, writer, writtenAt: now, left: false };
    if ((await store.update(free, ours)) && !this.#segment) this.#segment = ours;
  }

  /**
   * Writes up to one transaction of what waits. What could not be written waits on.
   * @returns how many entries were written @throws StorageError
   */
  async write(): Promise<number> {
    const { store, buffer, rotation, clock, onWritten } = this.#options;
    const now = clock.wallNow();
    const segment = this.#segment ?? this.#begin(now);
    const packs = this.#take(segment);
    if (packs.length === 0) return 0;
    const grown = { ...segment, writtenAt: now, packs: [...segment.packs, ...packs.map(({ info }) => info)] };
    const next = { ...grown, sealed: rotation.isFull(grown, now) };
    let written = false;
    try {
      written = await store.append(
        next,
        segment.packs.length,
        packs.map(({ pack }) => pack),
      );
    } finally {
      if (!written) buffer.restore(packs);
    }
    // Another tab has sealed or taken it: on with a segment of our own.
    this.#segment = written && !next.sealed ? next : undefined;
    if (!written) return 0;
    onWritten(next, packs.at(-1)?.pack);
    return packs.reduce((sum, { info }) => sum + info.count, 0);
  }

  /**
   * Writes all that waits into segments of their own, which needs no look at what is there: the page is going. What could
   * not be written waits on. Does not reject. @returns how many entries were written
   */
  async writeLast(): Promise<number> {
    const { store, buffer, clock } = this.#options;
    const writes: Promise<number>[] = [];
    while (buffer.size > 0) {
      const segment = this.#begin(clock.wallNow());
      const packs = this.#takeReadable(segment);
      if (packs.length === 0) break;
      const next = { ...segment, left: true, packs: packs.map(({ info }) => info) };
      const stored = store.appendLast(
        next,
        packs.map(({ pack }) => pack),
      );
      const count = packs.reduce((sum, { info }) => sum + info.count, 0);
      writes.push(
        stored.then(
          () => count,
          () => {
            buffer.restore(packs);
            return 0;
          },
        ),
      );
    }
    return (await Promise.all(writes)).reduce((sum, count) => sum + count, 0);
  }

  /** Seals the segment, however much is in it. @returns whether there was one @throws StorageError */
  async seal(): Promise<boolean> {
    const { store, clock, onWritten } = this.#options;
    const segment = this.#segment;
    if (!segment) return false;
    this.#segment = undefined;
    const sealed = { ...segment, sealed: true, writtenAt: clock.wallNow() };
    if (!(await store.update(segment, sealed))) return false;
    onWritten(sealed);
    return true;
  }

  /** Forgets the segment: it was removed, or the store is another now. */
  forget(): void {
    this.#segment = undefined;
  }

  #take(segment: Segment): ReadyPack[] {
    const { rotation } = this.#options;
    const packs: ReadyPack[] = [];
    let room = rotation.roomFor(segment);
    let bytes = 0;
    while (packs.length < BATCH_PACKS && bytes < BATCH_BYTES && room > 0) {
      const ready = this.#takeOne(room, packs);
      if (!ready) break;
      packs.push(ready);
      room -= ready.info.count;
      bytes += ready.info.bytes;
      const grown = { ...segment, packs: [...segment.packs, ...packs.map(({ info }) => info)] };
      if (rotation.isFull(grown, this.#options.clock.wallNow())) break;
    }
    return packs;
  }

  /** Nothing where an entry can't be read: the next write finds it as well, and tells of it. */
  #takeReadable(segment: Segment): ReadyPack[] {
    try {
      return this.#take(segment);
    } catch {
      return [];
    }
  }

  /** @throws StorageError where a pack can't be made; what was taken so far waits on */
  #takeOne(room: number, taken: readonly ReadyPack[]): ReadyPack | undefined {
    try {
      return this.#options.buffer.take(room);
    } catch (cause) {
      this.#options.buffer.restore(taken);
      throw new StorageError(StorageErrorKind.UNCLONABLE, `an entry can't be read: ${describe(cause)}`, { cause });
    }
  }

  #begin(now: number): Segment {
    const { writer } = this.#options;
    const id = `${now.toString(36).padStart(9, '0')}-${(this.#begun++).toString(36).padStart(6, '0')}-${writer}`;
    return { id, writer, openedAt: now, writtenAt: now, sealed: false, packs: [], compressedBytes: undefined };
  }
}
