import { BehaviorSubject, NEVER, Subject, throwError } from 'rxjs';
import { expect, test } from 'vitest';
import { ConfigError, disposeSymbol, type HeapReading, type PoiseError } from '../../../src/core/index.js';
import {
  type MemoryChange,
  MemoryManager,
  type MemoryManagerConfig,
  type MemoryManagerDependencies,
  type MemoryManagerStats,
} from '../../../src/memory/index.js';
import { VirtualClock } from '../../support/virtual-clock.js';

const MB = 1_048_576;
const SOURCE = 'performance-memory';

function setUp(config: MemoryManagerConfig = {}, dependencies: MemoryManagerDependencies = {}) {
  const clock = new VirtualClock();
  const manager = new MemoryManager(config, { clock, ...dependencies });
  const errors: PoiseError[] = [];
  manager.errors$.subscribe((error) => errors.push(error));
  const fill = (count: number) => {
    for (let n = 0; n < count; n++) manager.add({ n });
  };
  return { clock, manager, errors, fill };
}

test('the seed defaults stand', () => {
  expect(new MemoryManager().config).toMatchObject({
    maxEntries: 1_000,
    maxMemoryMb: 500,
    maxBodySize: 10_240,
    cleanupIntervalMs: 60_000,
  });
});

test.each([
  [{ maxEntries: 0 }, 'maxEntries'],
  [{ maxMemoryMb: 0 }, 'maxMemoryMb'],
  [{ maxMemoryMb: Number.POSITIVE_INFINITY }, 'maxMemoryMb'],
  [{ maxBodySize: 1.5 }, 'maxBodySize'],
  [{ cleanupIntervalMs: -1 }, 'cleanupIntervalMs'],
  [{ bodyFields: 'body' }, 'bodyFields'],
  [{ sizeOf: 5 }, 'sizeOf'],
  [{ maxEntry: 5 }, 'maxEntry'],
])('bad options %o are named', (config, option) => {
  const make = () => Reflect.construct(MemoryManager, [config]);
  expect(make).toThrow(ConfigError);
  expect(make).toThrow(option);
});

test('bad arguments are named', () => {
  const { manager } = setUp();
  expect(() => Reflect.apply(manager.cleanup, manager, ['high'])).toThrow(/level.*'critical'/);
  expect(() => Reflect.apply(manager.records, manager, ['random'])).toThrow(/order.*'newest-first'/);
  expect(() => Reflect.apply(manager.addCleanupCallback, manager, [5])).toThrow(/callback/);
});

test('ids count up from 1, and find their entries', () => {
  const { manager } = setUp({ maxEntries: 2 });
  expect(['a', 'b', undefined].map((entry) => manager.add(entry))).toEqual([1, 2, 3]);
  expect([1, 2, 3, 4, -1, 1.5, Number.NaN].map((id) => manager.has(id))).toEqual([
    false,
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
  expect(manager.get(2)).toBe('b');
  expect(manager.delete(2)).toBe(true);
  expect(manager.delete(2)).toBe(false);
  expect([...manager].map(({ id }) => id)).toEqual([3]);
});

test('bodies are cut in a copy, and the rest of the entry is kept', () => {
  const { manager } = setUp({ maxBodySize: 4 });
  const entry = { url: '/a long path', body: 'ääää', requestBody: null, responseBody: new Uint8Array(9) };
  const kept = manager.get(manager.add(entry) ?? 0);
  expect(kept).toEqual({ url: '/a long path', body: 'ää', requestBody: null, responseBody: new Uint8Array(4) });
  expect(entry.body).toBe('ääää');
  expect(manager.stats).toMatchObject({ truncatedBodies: 2, truncatedBytes: 9 });
  const short = { body: 'abcd' };
  expect(manager.get(manager.add(short) ?? 0)).toBe(short);
});

test('entries that can not be read are kept as they are', () => {
  const { manager, errors } = setUp({ maxBodySize: 4 });
  const cycle: Record<string, unknown> = { name: 'x'.repeat(1_000) };
  cycle['self'] = cycle;
  const throwing = {
    get body(): string {
      throw new Error('no');
    },
  };
  const frozen = Object.freeze({ body: 'too long' });
  class Own {
    readonly body = 'too long';
  }
  const own = new Own();
  for (const entry of [cycle, throwing, own, null]) expect(manager.get(manager.add(entry) ?? 0)).toBe(entry);
  expect(manager.get(manager.add(frozen) ?? 0)).toEqual({ body: 'too ' });
  // The cycle counts once.
  expect(manager.bytes).toBeLessThan(2_000);
  expect(errors).toEqual([]);
});

test('an entry over the whole budget is refused, and nothing goes for it', () => {
  const { manager, errors } = setUp({ maxMemoryMb: 100 / MB });
  manager.add('kept');
  expect(manager.add('x'.repeat(101))).toBeUndefined();
  expect(manager.stats).toMatchObject({ entries: 1, refused: 1, added: 1 });
  expect(errors).toMatchObject([{ code: 'POISE_MEMORY_TOO_LARGE' }]);
});

test.each([
  [
    'throws',
    () => {
      throw new Error('no');
    },
  ],
  ['gives NaN', () => Number.NaN],
  ['gives less than nothing', () => -1],
  ['gives no number', () => Reflect.get({}, 'size')],
])('where sizeOf %s, the estimate is taken', (_, sizeOf) => {
  const { manager, errors } = setUp({ sizeOf });
  manager.add('12345');
  expect(manager.stats).toMatchObject({ bytes: 5, sizeFailures: 1 });
  expect(errors).toMatchObject([{ code: 'POISE_MEMORY_SIZE_UNKNOWN' }]);
});

test.each([
  ['nominal', 0],
  ['fair', 10],
  ['serious', 25],
  ['critical', 50],
] as const)('at %s pressure %i of 100 entries go, the oldest', (level, count) => {
  const { manager, fill } = setUp();
  fill(100);
  const told: number[] = [];
  manager.addCleanupCallback((freed) => told.push(freed));
  const { bytes } = manager;
  expect(manager.releaseMemory(level)).toEqual({ items: count, bytes: bytes - manager.bytes });
  expect([...manager][0]?.id).toBe(count + 1);
  expect(told).toEqual(count > 0 ? [count] : []);
  expect(manager.stats).toMatchObject({
    cleanups: count > 0 ? 1 : 0,
    freedEntries: count,
    freedBytes: bytes - manager.bytes,
  });
});

test('where few old entries hold most bytes, a clean-up ends with them', () => {
  const { manager } = setUp({ sizeOf: Number });
  for (const size of [1_000, ...Array.from({ length: 99 }, () => 1)]) manager.add(size);
  expect(manager.cleanup('critical')).toBe(1);
});

test('a callback that throws is reported, and keeps none from running', () => {
  const { manager, errors, fill } = setUp();
  fill(10);
  const told: string[] = [];
  manager.addCleanupCallback(() => {
    throw new Error('no');
  });
  const remove = manager.addCleanupCallback(() => told.push('removed'));
  manager.addCleanupCallback(() => told.push('last'));
  remove();
  remove();
  expect(manager.cleanup('critical')).toBe(5);
  expect(told).toEqual(['last']);
  expect(errors).toMatchObject([{ code: 'POISE_CALLBACK' }]);
  expect(manager.stats.callbackFailures).toBe(1);
});

test('a heap reading that raises the level cleans up at once, and again at each look while it lasts', () => {
  const heap$ = new Subject<HeapReading>();
  const { clock, manager, fill } = setUp({ cleanupIntervalMs: 1_000 }, { heap$ });
  const read = (usedBytes: number) => heap$.next({ time: 0, source: SOURCE, usedBytes, limitBytes: 100 });
  fill(100);
  manager.start();
  read(72);
  expect([manager.pressure, manager.size]).toEqual(['fair', 90]);
  read(69);
  read(72);
  expect([manager.pressure, manager.size]).toEqual(['fair', 90]);
  clock.advance(1_000);
  expect(manager.size).toBe(81);
  read(96);
  expect([manager.pressure, manager.size]).toEqual(['critical', 40]);
  read(60);
  clock.advance(5_000);
  expect([manager.pressure, manager.size]).toEqual(['nominal', 40]);
  manager[disposeSymbol]();
  expect(heap$.observed).toBe(false);
});

test('readings of two sources are never compared, and one without a limit says nothing about pressure', () => {
  const heap$ = new Subject<HeapReading>();
  const { manager } = setUp({}, { heap$ });
  manager.start();
  heap$.next({ time: 0, source: SOURCE, usedBytes: 96, limitBytes: 100 });
  const unlimited: HeapReading = { time: 0, source: 'user-agent-specific-memory', usedBytes: 5 };
  heap$.next(unlimited);
  expect(manager.stats).toMatchObject({ heap: unlimited, pressure: 'critical' });
  heap$.next({ time: 0, source: 'tracked', usedBytes: 92, limitBytes: 100 });
  expect(manager.pressure).toBe('serious');
  heap$.next({ time: 0, source: 'tracked', usedBytes: Number.NaN, limitBytes: 100 });
  expect(manager.stats.heap?.usedBytes).toBe(92);
  manager.stop();
  expect(manager.stats).toMatchObject({ heap: undefined, pressure: 'nominal' });
});

test('a heap that can not be read leaves the manager at its own bytes', () => {
  const { manager, errors } = setUp({}, { heap$: throwError(() => new Error('no')) });
  manager.start();
  expect(errors).toMatchObject([{ code: 'POISE_MEMORY_HEAP_FAILED' }]);
  expect(manager.stats.heap).toBeUndefined();
  manager.stop();
});

test("the entries' own bytes are pressure too", () => {
  const { clock, manager } = setUp({ maxMemoryMb: 100 / MB, sizeOf: () => 1 });
  manager.start();
  for (let n = 0; n < 96; n++) manager.add(n);
  expect(manager.stats).toMatchObject({ memoryUsagePercent: 96, pressure: 'critical' });
  clock.advance(60_000);
  expect(manager.size).toBe(48);
  manager.stop();
});

test('no timer waits while it is stopped or empty', () => {
  const { clock, manager, fill } = setUp({}, { heap$: NEVER });
  fill(3);
  expect(clock.waiting).toBe(0);
  manager.start();
  manager.start();
  expect(clock.waiting).toBe(1);
  manager.clear();
  expect(clock.waiting).toBe(0);
  fill(3);
  expect(clock.waiting).toBe(1);
  manager.stop();
  manager.stop();
  expect(clock.waiting).toBe(0);
  manager.start();
  expect(clock.waiting).toBe(1);
  manager[disposeSymbol]();
  manager[disposeSymbol]();
  manager.start();
  expect(clock.waiting).toBe(0);
  expect(manager.add('late')).toBeUndefined();
});

test('a callback may stop the manager at the very first reading', () => {
  const heap$ = new BehaviorSubject<HeapReading>({ time: 0, source: SOURCE, usedBytes: 99, limitBytes: 100 });
  const { clock, manager, fill } = setUp({}, { heap$ });
  fill(10);
  manager.addCleanupCallback(() => manager.stop());
  manager.start();
  expect(heap$.observed).toBe(false);
  expect(clock.waiting).toBe(0);
});

test('changes are told in batches, with their reasons', () => {
  const { clock, manager, fill } = setUp({ maxEntries: 4 });
  fill(4);
  const changes: MemoryChange<unknown>[] = [];
  const subscription = manager.changes$.subscribe((change) => changes.push(change));
  expect(changes).toMatchObject([{ added: [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }], removed: [] }]);
  manager.delete(2);
  fill(10);
  expect(changes).toHaveLength(1);
  clock.advance(100);
  expect(changes[1]).toMatchObject({
    added: [{ id: 11 }, { id: 12 }, { id: 13 }, { id: 14 }],
    removed: [
      { id: 2, reason: 'deleted' },
      { id: 1, reason: 'size' },
      { id: 3, reason: 'size' },
      { id: 4, reason: 'size' },
    ],
    passed: 6,
  });
  manager.cleanup('fair');
  manager.clear();
  manager.add('x');
  subscription.unsubscribe();
  expect(clock.waiting).toBe(0);
  clock.advance(100);
  expect(changes).toHaveLength(2);
});

test('who goes through the entries while they change sees none twice, and none that is gone', () => {
  for (const order of ['oldest-first', 'newest-first'] as const) {
    const { manager, fill } = setUp({ maxEntries: 2_000 });
    fill(2_000);
    const seen: number[] = [];
    for (const { id } of manager.records(order)) {
      expect(manager.has(id)).toBe(true);
      seen.push(id);
      if (seen.length === 100) for (let gone = 300; gone < 1_400; gone++) manager.delete(gone);
      if (seen.length === 200) fill(900);
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(seen.toSorted((a, b) => (order === 'oldest-first' ? a - b : b - a)));
  }
});

test('the stats are a stream, which ends with the manager', () => {
  const { clock, manager } = setUp();
  const told: MemoryManagerStats[] = [];
  let ended = 0;
  manager.stats$.subscribe({ next: (stats) => told.push(stats), complete: () => ended++ });
  manager.changes$.subscribe({ complete: () => ended++ });
  manager.add('entry');
  clock.advance(100);
  expect(told.map(({ entries }) => entries)).toEqual([0, 1]);
  manager[disposeSymbol]();
  expect(told.at(-1)).toMatchObject({ entries: 0, removed: { cleared: 1 } });
  expect(ended).toBe(2);
});
