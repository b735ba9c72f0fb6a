import { afterEach, beforeEach, expect, test } from 'vitest';
import { asyncDisposeSymbol, detectEnvironment } from '../../src/core/index.js';
import { type LogConfig, type LogError, type LogQuery, LogRotator, RotationPolicy } from '../../src/logs/index.js';
import { VirtualClock } from '../support/virtual-clock.js';

interface Entry {
  readonly timestamp: number;
  readonly url: string;
  readonly status?: number;
}

const opened: LogRotator<Entry>[] = [];
let name = '';
beforeEach(() => {
  name = `test-${crypto.randomUUID()}`;
});
afterEach(async () => {
  for (const log of opened.splice(0)) {
    await log.clear();
    await log[asyncDisposeSymbol]();
  }
  indexedDB.deleteDatabase(`poise-logs:${name}`);
});

const open = (config: LogConfig = {}, dependencies: ConstructorParameters<typeof LogRotator>[1] = {}) => {
  const log = new LogRotator<Entry>({ name, ...config }, dependencies);
  opened.push(log);
  return log;
};
const entry = (n: number): Entry => ({ timestamp: 1_700_000_000_000 + n, url: `/path/${n % 10}`, status: 200 });
const fill = (log: LogRotator<Entry>, count: number, from = 0) => {
  for (let n = from; n < from + count; n++) log.addEntry(entry(n));
};
async function all(log: LogRotator<Entry>, query: LogQuery<Entry> = {}): Promise<Entry[]> {
  const found: Entry[] = [];
  for await (const one of log.query(query)) found.push(one);
  return found;
}
const numbers = (entries: readonly Entry[]) => entries.map(({ timestamp }) => timestamp - 1_700_000_000_000);
const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, n) => from + n);

test("the seed's example", async () => {
  const log = open({ policy: RotationPolicy.COUNT, maxCount: 1_000, maxFiles: 5, compressOld: true });
  log.start();
  log.addEntry({ timestamp: Date.now(), url: 'http://example.com', status: 200 });
  expect(await log.flush()).toBe(true);
  expect(await all(log)).toMatchObject([{ url: 'http://example.com', status: 200 }]);
  expect(log.stats).toMatchObject({ added: 1, entries: 1, pending: 0, persistent: true });
});

test('what flush acknowledged is there for the next page, once and in order', async () => {
  const log = open({ maxCount: 100, maxFiles: 100 });
  log.start();
  fill(log, 1_234);
  expect(await log.flush()).toBe(true);
  expect(log.stats).toMatchObject({ entries: 1_234, rotatedFiles: 12 });
  expect(numbers(await all(open()))).toEqual(upTo(1_234));
});

test('a log that holds nothing does not wake the page; what it holds is looked after, what an earlier page left as well', async () => {
  const clock = new VirtualClock();
  const log = open({}, { clock });
  log.start();
  await log.refresh();
  expect(clock.waiting).toBe(0);
  log.addEntry(entry(1));
  await log.flush();
  clock.advance(1_000);
  expect(clock.waiting).toBe(1);
  await log[asyncDisposeSymbol]();
  const later = new VirtualClock();
  const next = open({}, { clock: later });
  next.start();
  await expect.poll(() => next.stats.entries).toBe(1);
  expect(later.waiting).toBe(1);
});

test('entries are written by themselves, within the interval', async () => {
  const log = open({ flushIntervalMs: 50 });
  const reasons: string[] = [];
  log.writes$.subscribe(({ reason }) => reasons.push(reason));
  log.start();
  fill(log, 3);
  await expect.poll(() => log.stats.entries).toBe(3);
  fill(log, 2_500, 3);
  await expect.poll(() => log.stats.entries).toBe(2_503);
  expect(reasons[0]).toBe('age');
  expect(reasons).toContain('count');
});

test('sealed segments are compressed, and read as before', async () => {
  const log = open({ maxCount: 500, maxFiles: 100 });
  fill(log, 2_100);
  await log.rotate();
  expect(log.stats.compressionRatio).toBeGreaterThan(5);
  expect(log.stats.bytesStored).toBeLessThan(log.stats.bytesRaw / 5);
  expect(numbers(await all(log))).toEqual(upTo(2_100));
  expect(numbers(await all(log, { order: 'newest-first', limit: 3 }))).toEqual([2_099, 2_098, 2_097]);
});

test('what JSON can not carry stays uncompressed, and comes back equal', async () => {
  const log = open({ maxFiles: 10 });
  const odd = { timestamp: 5, url: '/odd', extra: new Map([[1n, new Date(7)]]), nan: Number.NaN };
  log.addEntry(odd);
  await log.rotate();
  expect(log.stats.compressionRatio).toBeUndefined();
  expect(await all(log)).toStrictEqual([odd]);
});

test('only so many files are kept, the oldest go', async () => {
  const log = open({ maxCount: 100, maxFiles: 3 });
  fill(log, 1_050);
  await log.rotate();
  expect(numbers(await all(log))).toEqual(upTo(250, 800));
  expect(log.stats).toMatchObject({ cleanups: 1, cleanedEntries: 800, segments: 3, entries: 250 });
});

test('retention by age and by bytes', async () => {
  const now = Date.now();
  const old = open({ maxFiles: 100, retention: { maxAgeMs: 60_000 } });
  old.addEntry({ timestamp: now - 100_000, url: '/old' });
  await old.rotate();
  old.addEntry({ timestamp: now, url: '/new' });
  await old.rotate();
  expect((await all(old)).map(({ url }) => url)).toEqual(['/new']);
  await old.clear();
  const small = open({ maxCount: 100, maxFiles: 100, compressOld: false, retention: { maxBytes: 20_000 } });
  fill(small, 1_000);
  await small.rotate();
  expect(small.stats.bytesStored).toBeLessThanOrEqual(20_000);
  expect(small.stats.entries).toBeGreaterThan(100);
});

test('policies: by size, by time, and whichever is first', async () => {
  const bySize = open({ policy: 'size', maxSizeBytes: 5_000, maxFiles: 1_000, compressOld: false });
  fill(bySize, 1_000);
  await bySize.flush();
  expect(bySize.stats.bytesRaw / bySize.stats.segments).toBeLessThan(7_000);
  expect(bySize.stats.rotatedFiles).toBeGreaterThan(3);
  const byTime = open({ name: `${name}-time`, policy: 'time', maxAgeMs: 100, maxFiles: 100 });
  byTime.start();
  await byTime.append(entry(1));
  await new Promise((resolve) => setTimeout(resolve, 150));
  await byTime.append(entry(2));
  expect(byTime.stats.rotatedFiles).toBe(1);
  const either = open({
    name: `${name}-either`,
    policy: ['count', 'size'],
    maxCount: 10,
    maxSizeBytes: 1e6,
    maxFiles: 99,
  });
  fill(either, 25);
  await either.flush();
  expect(either.stats.rotatedFiles).toBe(2);
});

test('queries by time, by predicate, by order, by limit', async () => {
  const log = open({ maxCount: 100, maxFiles: 100 });
  fill(log, 1_000);
  await log.rotate();
  fill(log, 10, 1_000);
  const base = 1_700_000_000_000;
  expect(numbers(await all(log, { since: base + 150, until: base + 152 }))).toEqual([150, 151, 152]);
  expect(numbers(await all(log, { where: ({ url }) => url === '/path/3', limit: 2 }))).toEqual([3, 13]);
  expect(numbers(await all(log, { order: 'newest-first', limit: 12 }))).toEqual(upTo(12, 998).reverse());
  expect(await all(log, { since: base + 5_000 })).toEqual([]);
});

test('entries that come out of order are found in order', async () => {
  const log = open({ maxCount: 10, maxFiles: 100 });
  const order = upTo(100).sort((a, b) => ((a * 37) % 101) - ((b * 37) % 101));
  for (const n of order) log.addEntry(entry(n));
  await log.rotate();
  expect(numbers(await all(log))).toEqual(upTo(100));
  expect(numbers(await all(log, { order: 'newest-first' }))).toEqual(upTo(100).reverse());
});

test('two logs of one name share it, each entry once', async () => {
  const [one, other] = [open({ maxCount: 50, maxFiles: 100 }), open({ maxCount: 50, maxFiles: 100 })];
  for (let n = 0; n < 200; n++) (n % 2 === 0 ? one : other).addEntry(entry(n));
  await Promise.all([one.flush(), other.flush()]);
  await Promise.all([one.rotate(), other.rotate()]);
  expect(numbers(await all(one))).toEqual(upTo(200));
});

test('a segment that another tab seals meanwhile loses nothing', async () => {
  const [one, other] = [open({ maxFiles: 100 }), open({ maxFiles: 100 })];
  await one.append(entry(0));
  // As a tab does that finds it abandoned.
  other.start();
  await other.append(entry(1));
  await other.clear();
  await one.append(entry(2));
  expect(numbers(await all(other))).toEqual([2]);
});

test('reading while the segments are compressed gives each entry once', async () => {
  const log = open({ maxCount: 100, maxFiles: 100 });
  fill(log, 1_000);
  await log.flush();
  const found: Entry[] = [];
  for await (const one of log.query()) {
    found.push(one);
    if (found.length === 50) await log.rotate();
  }
  expect(numbers(found)).toEqual(upTo(1_000));
});

test('tail tells of entries as they come', () => {
  const log = open();
  const seen: Entry[] = [];
  const tail = log.tail().subscribe((one) => seen.push(one));
  fill(log, 2);
  tail.unsubscribe();
  fill(log, 2, 2);
  expect(numbers(seen)).toEqual([0, 1]);
});

test('an entry that can not be stored is dropped and told of, the others are kept', async () => {
  const log = open();
  const errors: LogError[] = [];
  log.errors$.subscribe((error) => errors.push(error));
  fill(log, 2);
  const bad: Entry = Object.assign(entry(2), { act: () => 1 });
  log.addEntry(bad);
  fill(log, 2, 3);
  await log.flush();
  expect(numbers(await all(log))).toEqual([0, 1, 3, 4]);
  expect(log.stats).toMatchObject({ added: 5, dropped: 1, persistent: true });
  expect(errors).toMatchObject([{ code: 'POISE_LOG_DROPPED' }]);
});

test('an entry that throws when it is read is dropped and told of, the others are kept', async () => {
  const log = open();
  const codes: string[] = [];
  log.errors$.subscribe(({ code }) => codes.push(code));
  fill(log, 2);
  log.addEntry({
    timestamp: 1,
    get url(): string {
      throw new Error('no');
    },
  });
  fill(log, 2, 2);
  await log.flush();
  expect(numbers(await all(log))).toEqual(upTo(4));
  expect(log.stats).toMatchObject({ dropped: 1, persistent: true });
  expect(codes).toEqual(['POISE_LOG_DROPPED']);
});

test('without IndexedDB it is the same in memory, and says so', async () => {
  const log = open({ maxCount: 100, maxFiles: 3 }, { environment: { ...detectEnvironment(), indexedDB: undefined } });
  const errors: LogError[] = [];
  log.errors$.subscribe((error) => errors.push(error));
  log.start();
  fill(log, 1_050);
  expect(await log.flush()).toBe(false);
  await log.rotate();
  expect(numbers(await all(log))).toEqual(upTo(250, 800));
  expect(log.stats).toMatchObject({ persistent: false, entries: 250, dropped: 0 });
  expect(errors).toMatchObject([{ code: 'POISE_LOG_NOT_PERSISTENT' }]);
});

test.each([
  ['policy', { policy: 'weight' }],
  ['policy', { policy: [] }],
  ['maxCount', { maxCount: 0 }],
  ['maxFiles', { maxFiles: -1 }],
  ['maxAgeMs', { retention: { maxAgeMs: Number.NaN } }],
  ['flushIntervalMs', { flushIntervalMs: 0 }],
  ['durability', { durability: 'eager' }],
  ['rotate', { rotate: true }],
])('a bad %s is refused by name', (option, config) => {
  expect(() => Reflect.construct(LogRotator, [config])).toThrow(
    expect.objectContaining({ name: 'ConfigError', option }),
  );
});

test.each([
  ['limit', { limit: 0 }],
  ['since', { since: 'yesterday' }],
  ['order', { order: 'desc' }],
])('a bad %s in a query is refused by name', (option, query) => {
  const log = open();
  expect(() => Reflect.apply(log.query, log, [query])).toThrow(expect.objectContaining({ option }));
});

test('a last write that fails on a page that stays is made again, and told of', async () => {
  const log = open();
  const told: string[] = [];
  log.errors$.subscribe(({ code }) => told.push(code));
  log.start();
  await log.append(entry(0));
  const unclonable: object = { ...entry(1), call: () => undefined };
  Reflect.apply(log.addEntry, log, [unclonable]);
  log.addEntry(entry(2));
  window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: false }));
  await log.flush();
  expect(numbers(await all(log))).toEqual([0, 2]);
  expect(log.stats).toMatchObject({ pending: 0, dropped: 1 });
  expect(told).toHaveLength(1);
  expect(await log.append(entry(3))).toBe(true);
});
