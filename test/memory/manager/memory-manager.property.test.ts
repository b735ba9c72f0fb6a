import { Subject } from 'rxjs';
import { expect, test } from 'vitest';
import type { HeapReading } from '../../../src/core/index.js';
import { disposeSymbol, PressureLevel } from '../../../src/core/index.js';
import { type MemoryChange, MemoryManager, type MemoryRecord } from '../../../src/memory/index.js';
import { fc } from '../../support/properties.js';
import { VirtualClock } from '../../support/virtual-clock.js';

interface Entry {
  readonly serial: number;
  readonly size: number;
}

type Command =
  | { readonly do: 'add'; readonly sizes: readonly number[] }
  | { readonly do: 'delete' | 'advance'; readonly by: number }
  | { readonly do: 'cleanup'; readonly level: PressureLevel }
  | { readonly do: 'heap'; readonly usedBytes: number }
  | { readonly do: 'clear' | 'start' | 'stop' };

const MAX_BYTES = 4_096;

const size = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 60 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: MAX_BYTES + 100 }) },
);
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('add' as const), sizes: fc.array(size, { maxLength: 20 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      sizes: fc.array(size, { minLength: 300, maxLength: 700 }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constantFrom('delete' as const, 'advance' as const), by: fc.nat(90_000) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('cleanup' as const),
      level: fc.constantFrom(...Object.values(PressureLevel)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('heap' as const), usedBytes: fc.integer({ min: 0, max: 110 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('clear' as const, 'start' as const, 'stop' as const) }) },
);

/** What one who follows `changes$` has. */
class Replay {
  readonly content = new Map<number, Entry>();

  readonly take = ({ added, removed }: MemoryChange<Entry>): void => {
    for (const { id } of removed) {
      if (!this.content.delete(id)) throw new Error(`${id} was removed and never added`);
    }
    for (const { id, entry } of added) {
      if (this.content.has(id)) throw new Error(`${id} was added twice`);
      this.content.set(id, entry);
    }
  };
}

const listOf = (records: Iterable<MemoryRecord<Entry>>) => [...records].map(({ id, entry }) => [id, entry]);

test.each([3, 50, 600])('whatever happens, %i entries at most are kept, counted and told exactly', (maxEntries) => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
      const clock = new VirtualClock();
      const heap$ = new Subject<HeapReading>();
      const manager = new MemoryManager<Entry>(
        { maxEntries, maxMemoryMb: MAX_BYTES / 1_048_576, sizeOf: (entry) => entry.size },
        { clock, heap$ },
      );
      const early = new Replay();
      const late = new Replay();
      manager.changes$.subscribe(early.take);
      /** The obvious way to do it. */
      let model: { id: number; entry: Entry }[] = [];
      const bytesOf = () => model.reduce((sum, { entry }) => sum + entry.size, 0);
      let serial = 0;
      let refused = 0;

      for (const [at, c] of commands.entries()) {
        if (at === 5) manager.changes$.subscribe(late.take);
        if (c.do === 'add') {
          for (const entrySize of c.sizes) {
            const entry = { serial: serial++, size: entrySize };
            const id = manager.add(entry);
            expect(manager.size).toBeLessThanOrEqual(maxEntries);
            expect(manager.bytes).toBeLessThanOrEqual(MAX_BYTES);
            expect(id === undefined).toBe(entrySize > MAX_BYTES);
            if (id === undefined) refused++;
            else model.push({ id, entry });
            while (model.length > maxEntries || bytesOf() > MAX_BYTES) model.shift();
          }
        } else if (c.do === 'delete') {
          const victim = model[c.by % Math.max(1, model.length)];
          expect(manager.delete(victim?.id ?? -1)).toBe(victim !== undefined);
          model = model.filter((record) => record !== victim);
        } else if (c.do === 'clear') {
          manager.clear();
          model = [];
        } else {
          const before = manager.size;
          if (c.do === 'cleanup') expect(manager.cleanup(c.level)).toBe(before - manager.size);
          else if (c.do === 'heap')
            heap$.next({ time: 0, source: 'performance-memory', usedBytes: c.usedBytes, limitBytes: 100 });
          else if (c.do === 'advance') clock.advance(c.by);
          else manager[c.do]();
          expect(manager.size).toBeLessThanOrEqual(before);
          // However many went, they were the oldest.
          model = model.slice(model.length - manager.size);
        }
        const expected = model.map(({ id, entry }) => [id, entry]);
        expect(listOf(manager)).toEqual(expected);
        expect(listOf(manager.records('newest-first'))).toEqual(expected.toReversed());
        expect(manager.bytes).toBe(bytesOf());
        const { added, entries, removed, ...stats } = manager.stats;
        expect(entries).toBe(model.length);
        expect(stats.refused).toBe(refused);
        expect(added).toBe(serial - refused);
        expect(added).toBe(entries + Object.values(removed).reduce((sum, count) => sum + count, 0));
      }

      if (commands.length <= 5) manager.changes$.subscribe(late.take);
      clock.advance(100);
      // A regular clean-up may have come meanwhile.
      model = model.slice(model.length - manager.size);
      expect(listOf(manager)).toEqual(model.map(({ id, entry }) => [id, entry]));
      for (const replay of [early, late])
        expect([...replay.content]).toEqual(model.map(({ id, entry }) => [id, entry]));
      for (const { id, entry } of model) expect(manager.get(id)).toBe(entry);
      manager[disposeSymbol]();
      for (const replay of [early, late]) expect(replay.content.size).toBe(0);
      expect(clock.waiting).toBe(0);
    }),
    { numRuns: 60 },
  );
});
