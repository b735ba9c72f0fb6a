import { expect, test } from 'vitest';
import type { TrafficEntry } from '../../demo/feed/traffic-entry.js';
import { BatchDecoder, BatchEncoder, parseFeedMessage, parseRateRequest } from '../../demo/feed/wire.js';
import { fc } from '../support/properties.js';

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const entryOf: fc.Arbitrary<TrafficEntry> = fc.record({
  time: fc.nat(),
  host: fc.string(),
  method: fc.string(),
  url: fc.string(),
  status: fc.integer({ min: 100, max: 999 }),
  bytes: maybe(fc.nat()),
  referrer: maybe(fc.string()),
  agent: maybe(fc.string()),
});

/** Sends a batch as the socket would. */
const transmit = (encoder: BatchEncoder, decoder: BatchDecoder, entries: readonly TrafficEntry[]) => {
  const message = parseFeedMessage(JSON.stringify(encoder.encode(entries, 0, 0)));
  if (message?.type !== 'batch') throw new Error('not a batch');
  return { message, entries: decoder.decode(message) };
};

test('entries arrive as they were sent, batch after batch', () => {
  fc.assert(
    fc.property(fc.array(fc.array(entryOf, { maxLength: 20 }), { maxLength: 10 }), (batches) => {
      const encoder = new BatchEncoder();
      const decoder = new BatchDecoder();
      for (const batch of batches) expect(transmit(encoder, decoder, batch).entries).toEqual(batch);
    }),
  );
});

test('a string is sent once', () => {
  const encoder = new BatchEncoder();
  const decoder = new BatchDecoder();
  const entry = { time: 0, host: 'h', method: 'GET', url: '/', status: 200, bytes: 1, referrer: undefined, agent: 'a' };
  expect(transmit(encoder, decoder, [entry]).message.strings).toEqual(['h', 'GET', '/', 'a']);
  expect(transmit(encoder, decoder, [entry]).message.strings).toEqual([]);
});

test('both ends forget together when there are too many strings', () => {
  const encoder = new BatchEncoder();
  const decoder = new BatchDecoder();
  let resets = 0;
  for (let batch = 0; batch < 80; batch++) {
    const entries = Array.from({ length: 500 }, (_, index): TrafficEntry => {
      const number = batch * 500 + index;
      return {
        time: number,
        host: `h${number}`,
        method: 'GET',
        url: `/${number}`,
        status: 200,
        bytes: 1,
        referrer: undefined,
        agent: undefined,
      };
    });
    const sent = transmit(encoder, decoder, entries);
    expect(sent.entries).toEqual(entries);
    if (sent.message.reset) resets++;
  }
  expect(resets).toBe(1);
});

test.each(['', 'null', '7', '[]', '{"type":"batch"}', '{"type":"hello"}', '{"type":"other"}', '{'])(
  '%s is no message',
  (data) => {
    expect(parseFeedMessage(data)).toBeUndefined();
  },
);

test.each(['', '{', 'null', '{}', '{"rate":"200"}', '{"rate":9}', '{"rate":20001}', '{"rate":null}', '{"rate":1e999}'])(
  '%s asks for no rate',
  (data) => {
    expect(parseRateRequest(data, 10, 20_000)).toBeUndefined();
  },
);

test('a rate within the limits is taken', () => {
  expect(parseRateRequest('{"rate":20000}', 10, 20_000)).toBe(20_000);
});
