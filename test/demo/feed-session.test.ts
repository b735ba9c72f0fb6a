import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FeedSession, type FeedSocket } from '../../demo/feed/feed-session.js';
import { TrafficGenerator } from '../../demo/feed/generator.js';
import { type BatchMessage, parseFeedMessage } from '../../demo/feed/wire.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

class Client implements FeedSocket {
  bufferedAmount = 0;
  readonly batches: BatchMessage[] = [];

  get entries(): number {
    return this.batches.reduce((sum, { rows }) => sum + rows.length / 8, 0);
  }

  send(data: string): void {
    const message = parseFeedMessage(data);
    if (message?.type === 'batch') this.batches.push(message);
  }
}

function open(): { client: Client; session: FeedSession } {
  const client = new Client();
  const generator = new TrafficGenerator(1);
  const session = new FeedSession(client, { kind: 'generator', seed: 1 }, () => generator.next(0));
  return { client, session };
}

test.each([10, 200, 20_000])('%i a second', (rate) => {
  const { client, session } = open();
  session.receive(JSON.stringify({ rate }));
  vi.advanceTimersByTime(10_000);
  session.stop();
  // The last tick may leave a part of its 16 ms to the next one.
  expect(Math.abs(client.entries - 10 * rate)).toBeLessThanOrEqual(1 + rate * 0.016);
});

test('what a slow client does not read is left out and counted', () => {
  const { client, session } = open();
  session.receive('{"rate":1000}');
  client.bufferedAmount = 10_000_000;
  vi.advanceTimersByTime(1_000);
  expect(client.entries).toBe(0);
  client.bufferedAmount = 0;
  vi.advanceTimersByTime(1_000);
  session.stop();
  expect(client.entries).toBeGreaterThan(900);
  expect(client.batches.at(-1)?.skipped).toBeGreaterThan(900);
});

test('after stop() nothing runs', () => {
  const { client, session } = open();
  session.stop();
  vi.advanceTimersByTime(1_000);
  expect(client.entries).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});
