import { of, Subject, throwError } from 'rxjs';
import { expect, test } from 'vitest';
import { ConfigError } from '../../src/core/index.js';
import { EventProcessor, type EventProcessorConfig } from '../../src/throttle/index.js';
import { VirtualClock } from '../support/virtual-clock.js';

function setUp(config: EventProcessorConfig = {}): {
  clock: VirtualClock;
  processor: EventProcessor<number>;
  calls: number[][];
} {
  const clock = new VirtualClock();
  const processor = new EventProcessor<number>(config, { clock, environment: clock.environment });
  return { clock, processor, calls: [] };
}

async function pass(clock: VirtualClock, ms: number): Promise<void> {
  for (let t = 0; t <= ms; t += 5) {
    clock.advance(5);
    for (let i = 0; i < 20; i++) await Promise.resolve();
  }
}

test('20,000 events a second arrive whole, in order, in at most 50 calls a second', async () => {
  const { clock, processor, calls } = setUp();
  processor.setEventHandler((events) => calls.push([...events]));
  let next = 0;
  for (let ms = 0; ms < 1_000; ms += 5) {
    for (let i = 0; i < 100; i++) processor.push(next++);
    await pass(clock, 0);
  }
  await pass(clock, 200);
  expect(calls.flat()).toEqual(Array.from({ length: next }, (_, i) => i));
  expect(calls.length).toBeLessThanOrEqual(62);
  expect(processor.stats).toMatchObject({ added: next, processed: next, pending: 0 });
  processor.stop();
});

test('takes an Observable, an iterable, an async iterable and an EventTarget, until they are disconnected', async () => {
  const { clock, processor, calls } = setUp();
  processor.setEventHandler((events) => calls.push([...events]));
  const subject = new Subject<number>();
  const disconnect = processor.connect(subject);
  processor.connect([1, 2]);
  async function* later(): AsyncGenerator<number> {
    yield 3;
    yield 4;
  }
  processor.connect(later());
  subject.next(5);
  await pass(clock, 150);
  expect(calls.flat().sort()).toEqual([1, 2, 3, 4, 5]);
  disconnect();
  expect(subject.observed).toBe(false);
  processor.stop();

  const clicks = new EventProcessor<Event>({}, { clock, environment: clock.environment });
  const types: string[] = [];
  clicks.setEventHandler((events) => types.push(...events.map((event) => event.type)));
  const target = new EventTarget();
  const end = clicks.listen(target, 'ping');
  target.dispatchEvent(new Event('ping'));
  await pass(clock, 150);
  end();
  target.dispatchEvent(new Event('ping'));
  await pass(clock, 150);
  expect(types).toEqual(['ping']);
  clicks.stop();
});

test('a handler or a source that fails is told of, and the rest goes on', async () => {
  const { clock, processor, calls } = setUp();
  const errors: string[] = [];
  processor.errors$.subscribe((error) => errors.push(error.code));
  processor.setEventHandler((events) => {
    if (events.includes(13)) throw new Error('unlucky');
    calls.push([...events]);
  });
  processor.push(13);
  await pass(clock, 150);
  processor.connect(throwError(() => new Error('gone')));
  processor.connect(of(7));
  await pass(clock, 150);
  expect(errors).toEqual(['POISE_BATCH', 'POISE_CALLBACK']);
  expect(calls).toEqual([[7]]);
  expect(processor.stats).toMatchObject({ failed: 1, processed: 1 });
  processor.stop();
});

test('stop() holds the handler back; events wait for start()', async () => {
  const { clock, processor, calls } = setUp();
  processor.setEventHandler((events) => calls.push([...events]));
  processor.push(1);
  processor.stop();
  await pass(clock, 300);
  expect(calls).toEqual([]);
  expect(clock.waiting).toBe(0);
  processor.start();
  await pass(clock, 300);
  expect(calls).toEqual([[1]]);
  processor.stop();
});

test('dispose disconnects, hands on what waits, and ends', async () => {
  const { clock, processor, calls } = setUp();
  const subject = new Subject<number>();
  let completed = false;
  processor.stats$.subscribe({ complete: () => (completed = true) });
  processor.setEventHandler((events) => calls.push([...events]));
  processor.connect(subject);
  subject.next(1);
  const ended = Reflect.get(processor, Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose')).call(processor);
  expect(subject.observed).toBe(false);
  await pass(clock, 100);
  await ended;
  expect(calls).toEqual([[1]]);
  expect(completed).toBe(true);
  expect(processor.push(2)).toBe(false);
  await pass(clock, 100);
  expect(clock.waiting).toBe(0);
});

test.each([
  [{ maxEventsPerSecond: 0 }, 'maxEventsPerSecond'],
  [{ mode: 'slow' }, 'mode'],
  [{ batchSize: -1 }, 'batchSize'],
  [{ eventsPerSecond: 1 }, 'eventsPerSecond'],
])('bad options %o are named', (config, option) => {
  const make = () => Reflect.construct(EventProcessor, [config]);
  expect(make).toThrow(ConfigError);
  expect(make).toThrow(`EventProcessor: ${option}`);
});
