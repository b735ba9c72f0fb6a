import { expect, test } from 'vitest';
import { ConfigError } from '../../src/core/index.js';
import { type BatchConfig, type BatchError, BatchUpdateThrottler } from '../../src/throttle/index.js';
import { fc } from '../support/properties.js';
import { VirtualClock } from '../support/virtual-clock.js';

interface Call {
  readonly items: readonly number[];
  readonly reason: string;
}

function setUp(config: BatchConfig = {}): {
  clock: VirtualClock;
  batches: BatchUpdateThrottler<number>;
  calls: Call[];
} {
  const clock = new VirtualClock();
  const batches = new BatchUpdateThrottler<number>(config, { clock, environment: clock.environment });
  const calls: Call[] = [];
  return { clock, batches, calls };
}

const record = (calls: Call[]) => (items: readonly number[], reason: string) => {
  calls.push({ items: [...items], reason });
};

/** Lets promises settle and virtual time pass, in turns. */
async function pass(clock: VirtualClock, ms: number): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
  for (let t = 0; t < ms; t += 10) {
    clock.advance(10);
    for (let i = 0; i < 20; i++) await Promise.resolve();
  }
}

test('a full batch goes at once, the rest when its first item is 50 ms old', async () => {
  const { clock, batches, calls } = setUp();
  batches.setBatchProcessor(record(calls));
  for (let i = 0; i < 23; i++) batches.add(i);
  await pass(clock, 0);
  clock.advance(1);
  await pass(clock, 0);
  expect(calls.map((c) => c.items.length)).toEqual([10, 10]);
  await pass(clock, 60);
  expect(calls.map((c) => [c.items.length, c.reason])).toEqual([
    [10, 'count'],
    [10, 'count'],
    [3, 'age'],
  ]);
  expect(calls.flatMap((c) => c.items)).toEqual(Array.from({ length: 23 }, (_, i) => i));
});

test.each([
  [{ batchSize: 0 }, 'batchSize'],
  [{ batchTimeoutMs: Number.NaN }, 'batchTimeoutMs'],
  [{ overflow: 'explode' }, 'overflow'],
  [{ maxQueueSize: -1 }, 'maxQueueSize'],
  [{ maxRetries: 0.5 }, 'maxRetries'],
  [{ size: 10 }, 'size'],
])('bad options %o are named', (config, option) => {
  const make = () => Reflect.construct(BatchUpdateThrottler, [config]);
  expect(make).toThrow(ConfigError);
  expect(make).toThrow(option);
  expect(() =>
    Reflect.apply(new BatchUpdateThrottler().setBatchProcessor, new BatchUpdateThrottler(), ['no']),
  ).toThrow();
});

test('what is added before there is a processor waits for it', async () => {
  const { clock, batches, calls } = setUp();
  for (let i = 0; i < 3; i++) batches.add(i);
  await pass(clock, 500);
  expect(batches.stats.pending).toBe(3);
  batches.setBatchProcessor(record(calls));
  await pass(clock, 60);
  expect(calls).toEqual([{ items: [0, 1, 2], reason: 'age' }]);
});

test('batches go one at a time, however slow the processor', async () => {
  const { clock, batches, calls } = setUp({ batchSize: 2 });
  const ends: (() => void)[] = [];
  batches.setBatchProcessor(
    (items, reason) =>
      new Promise<void>((resolve) => {
        calls.push({ items: [...items], reason });
        ends.push(resolve);
      }),
  );
  for (let i = 0; i < 6; i++) batches.add(i);
  await pass(clock, 200);
  expect(calls).toHaveLength(1);
  ends[0]?.();
  await pass(clock, 20);
  expect(calls).toHaveLength(2);
  expect(calls[1]?.items).toEqual([2, 3]);
  ends[1]?.();
  await pass(clock, 20);
  ends[2]?.();
  await pass(clock, 20);
  expect(batches.stats).toMatchObject({ processed: 6, batches: 3, pending: 0 });
});

test('a batch that fails is tried again, then given up with its items, and the next goes on', async () => {
  const { clock, batches } = setUp({ batchSize: 2, maxRetries: 2 });
  const errors: BatchError<number>[] = [];
  batches.errors$.subscribe((error) => errors.push(error));
  let attempts = 0;
  const done: number[] = [];
  batches.setBatchProcessor((items) => {
    if (items[0] === 0) {
      attempts++;
      throw new Error('no');
    }
    done.push(...items);
  });
  for (let i = 0; i < 4; i++) batches.add(i);
  await pass(clock, 400);
  expect(attempts).toBe(3);
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatchObject({ code: 'POISE_BATCH', items: [0, 1], attempts: 3, cause: new Error('no') });
  expect(done).toEqual([2, 3]);
  expect(batches.stats).toMatchObject({ failed: 2, processed: 2, retries: 2 });
});

test('a full queue refuses, or lets the oldest go, as configured', async () => {
  const refusing = setUp({ batchSize: 100, maxQueueSize: 3 });
  expect([1, 2, 3, 4].map((n) => refusing.batches.add(n))).toEqual([true, true, true, false]);
  expect(refusing.batches.stats).toMatchObject({ added: 3, refused: 1, dropped: 0 });

  const dropping = setUp({ batchSize: 100, maxQueueSize: 3, overflow: 'drop-oldest' });
  expect([1, 2, 3, 4].map((n) => dropping.batches.add(n))).toEqual([true, true, true, true]);
  dropping.batches.setBatchProcessor(record(dropping.calls));
  await pass(dropping.clock, 60);
  expect(dropping.calls[0]?.items).toEqual([2, 3, 4]);
  expect(dropping.batches.stats).toMatchObject({ added: 4, dropped: 1, processed: 3 });
});

test('a page that is hidden sends what waits at once', async () => {
  const { clock, batches, calls } = setUp();
  batches.setBatchProcessor(record(calls));
  batches.add(1);
  clock.setVisible(false);
  await pass(clock, 0);
  expect(calls).toEqual([{ items: [1], reason: 'hidden' }]);
});

test('flush resolves when all that was added before is through', async () => {
  const { clock, batches, calls } = setUp();
  batches.setBatchProcessor(record(calls));
  for (let i = 0; i < 25; i++) batches.add(i);
  let flushed = false;
  const promise = batches.flush().then(() => {
    flushed = true;
  });
  await pass(clock, 10);
  await promise;
  expect(flushed).toBe(true);
  expect(calls.flatMap((c) => c.items)).toHaveLength(25);
  await batches.flush();
});

test('stop() in the middle of a retry puts the batch back; it goes again after start()', async () => {
  const { clock, batches, calls } = setUp({ batchSize: 2 });
  let fail = true;
  batches.setBatchProcessor((items, reason) => {
    if (fail) throw new Error('not yet');
    calls.push({ items: [...items], reason });
  });
  batches.add(1);
  batches.add(2);
  batches.add(3);
  await pass(clock, 20);
  batches.stop();
  await pass(clock, 0);
  expect(clock.waiting).toBe(0);
  expect(batches.stats.pending).toBe(3);
  fail = false;
  batches.start();
  await pass(clock, 100);
  expect(calls.flatMap((c) => c.items)).toEqual([1, 2, 3]);
});

test('dispose sends what waits, then takes nothing; without a processor it tells what was left', async () => {
  const { clock, batches, calls } = setUp();
  batches.setBatchProcessor(record(calls));
  batches.add(1);
  const ended = Reflect.get(batches, Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose')).call(batches);
  await pass(clock, 10);
  await ended;
  expect(calls).toEqual([{ items: [1], reason: 'dispose' }]);
  expect(batches.add(2)).toBe(false);
  expect(clock.waiting).toBe(0);

  const idle = setUp();
  const left: number[] = [];
  idle.batches.errors$.subscribe((error) => left.push(...error.items));
  idle.batches.add(7);
  await Reflect.get(idle.batches, Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose')).call(idle.batches);
  expect(left).toEqual([7]);
});

test('any sequence: each item is processed once, in order, or told of', async () => {
  const step = fc.oneof(
    { weight: 8, arbitrary: fc.record({ do: fc.constant('add' as const), n: fc.integer({ min: 1, max: 15 }) }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('pass' as const), n: fc.integer({ min: 0, max: 120 }) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constantFrom('stop' as const, 'start' as const, 'flush' as const),
        n: fc.constant(0),
      }),
    },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 20 }),
      fc.integer({ min: 1, max: 12 }),
      fc.nat(4),
      async (steps, batchSize, failEvery) => {
        const { clock, batches } = setUp({ batchSize, maxRetries: 1, retryDelayMs: 30 });
        const through: number[] = [];
        let calls = 0;
        let underWay = 0;
        let overlapped = false;
        batches.errors$.subscribe((error) => through.push(...error.items));
        batches.setBatchProcessor(async (items) => {
          overlapped ||= underWay++ > 0;
          await Promise.resolve();
          underWay--;
          if (failEvery > 0 && ++calls % (failEvery + 1) === 0) throw new Error('on purpose');
          through.push(...items);
        });
        let next = 0;
        for (const { do: action, n } of steps) {
          if (action === 'add') for (let i = 0; i < n; i++) batches.add(next++);
          else if (action === 'pass') await pass(clock, n);
          else if (action === 'flush') void batches.flush();
          else batches[action]();
          const s = batches.stats;
          expect(s.processed + s.failed + s.dropped + s.pending).toBe(s.added);
        }
        batches.start();
        // At worst each item is a batch of its own that waits for a retry.
        await pass(clock, 1_000 + next * 40);
        expect(overlapped).toBe(false);
        expect(through).toEqual(Array.from({ length: next }, (_, i) => i));
        batches.stop();
        expect(clock.waiting).toBe(0);
      },
    ),
    { numRuns: 60 },
  );
});
