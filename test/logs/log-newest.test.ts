import { afterEach, beforeEach, expect, test } from 'vitest';
import { asyncDisposeSymbol } from '../../src/core/index.js';
import { EntriesOf } from '../../src/logs/entries-of.js';
import { LogRotator } from '../../src/logs/index.js';

interface Entry {
  readonly timestamp: number;
  readonly details?: { text: string };
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

const open = () => {
  const log = new LogRotator<Entry>({ name, maxCount: 50, maxFiles: 100 });
  opened.push(log);
  return log;
};
async function newest(log: LogRotator<Entry>, limit = 3): Promise<Entry[]> {
  const found: Entry[] = [];
  for await (const entry of log.query({ order: 'newest-first', limit })) found.push(entry);
  return found;
}
const times = (entries: readonly Entry[]) => entries.map(({ timestamp }) => timestamp);
const write = async (log: LogRotator<Entry>, from: number, to: number) => {
  for (let timestamp = from; timestamp <= to; timestamp++) log.addEntry({ timestamp });
  expect(await log.flush()).toBe(true);
};

test('the newest entries are those of all logs of the name, also after more is written', async () => {
  const [one, other] = [open(), open()];
  await write(one, 1, 5);
  expect(times(await newest(one))).toEqual([5, 4, 3]);
  await write(other, 6, 7);
  expect(times(await newest(one))).toEqual([7, 6, 5]);
  await write(one, 8, 8);
  expect(times(await newest(one))).toEqual([8, 7, 6]);
  await one.releaseMemory('critical');
  expect(times(await newest(one))).toEqual([8, 7, 6]);
});

test('what another log removes or compresses is not read from memory', async () => {
  const [one, other] = [open(), open()];
  await write(one, 1, 170);
  await write(one, 171, 200);
  await other.rotate();
  expect(times(await newest(one, 120))).toEqual(Array.from({ length: 120 }, (_, n) => 200 - n));
  await other.clear();
  expect(await newest(one)).toEqual([]);
});

test('an entry that is changed after it was written is read as it was', async () => {
  const log = open();
  const details = { text: 'before' };
  log.addEntry({ timestamp: 1, details });
  await log.flush();
  details.text = 'after';
  const [found] = await newest(log);
  expect(found).toEqual({ timestamp: 1, details: { text: 'before' } });
});

async function* batches() {
  yield [1, 2];
  yield [];
  yield [3];
}

test('entries that are asked for at once come in order', async () => {
  const entries = new EntriesOf(batches());
  const steps = await Promise.all(Array.from({ length: 5 }, () => entries.next()));
  expect(steps.map(({ value, done }) => (done ? 'end' : value))).toEqual([1, 2, 3, 'end', 'end']);
});

test('who stops early gets no more, and what it was read from is let go', async () => {
  let ended = false;
  async function* source() {
    try {
      yield* batches();
    } finally {
      ended = true;
    }
  }
  const entries = new EntriesOf(source());
  for await (const entry of entries) if (entry === 1) break;
  expect(ended).toBe(true);
  expect(await entries.next()).toEqual({ value: undefined, done: true });
});

test('what goes wrong is told to the one who asked', async () => {
  async function* source() {
    yield [1];
    throw new RangeError('no');
  }
  const entries = new EntriesOf(source());
  const asked = await Promise.allSettled([entries.next(), entries.next(), entries.next()]);
  expect(asked.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
