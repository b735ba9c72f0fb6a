import { expect, test } from 'vitest';
import { asyncDisposeSymbol } from '../../src/core/index.js';
import { LogRotator, type RotationPolicy } from '../../src/logs/index.js';
import { fc } from '../support/properties.js';

interface Entry {
  readonly timestamp: number;
  readonly n: number;
}

type Step =
  | { readonly do: 'add'; readonly times: readonly number[] }
  | { readonly do: 'flush' | 'rotate' | 'reopen' }
  | {
      readonly do: 'query';
      readonly since: number;
      readonly until: number;
      readonly newest: boolean;
      readonly limit: number;
    };

const time = fc.integer({ min: 0, max: 40 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('add' as const), times: fc.array(time, { maxLength: 12 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('flush' as const, 'rotate' as const, 'reopen' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('query' as const),
      since: time,
      until: time,
      newest: fc.boolean(),
      limit: fc.integer({ min: 1, max: 30 }),
    }),
  },
);

/** The log as a plain array, in the order of adding. */
function askModel(all: readonly Entry[], { since, until, newest, limit }: Extract<Step, { do: 'query' }>): Entry[] {
  const found = all.filter(({ timestamp }) => timestamp >= since && timestamp <= until);
  const sorted = found.sort((a, b) => a.timestamp - b.timestamp);
  return (newest ? sorted.toReversed() : sorted).slice(0, limit);
}

test('any sequence of add, flush, rotate, reopen and query agrees with a plain array', {
  timeout: 60_000,
}, async () => {
  const steps = fc.array(step, { minLength: 1, maxLength: 25 });
  const policy: fc.Arbitrary<RotationPolicy> = fc.constantFrom('count', 'size');
  const property = fc.asyncProperty(steps, policy, fc.boolean(), async (all, rotateBy, compressOld) => {
    const config = {
      name: `model-${crypto.randomUUID()}`,
      policy: rotateBy,
      maxCount: 7,
      maxSizeBytes: 60,
      maxFiles: 10_000,
      compressOld,
    };
    const model: Entry[] = [];
    let log = new LogRotator<Entry>(config);
    try {
      for (const one of all) {
        if (one.do === 'add') {
          for (const timestamp of one.times) {
            const entry = { timestamp, n: model.length };
            model.push(entry);
            log.addEntry(entry);
          }
        } else if (one.do === 'query') {
          const { since, until, newest, limit } = one;
          const found: Entry[] = [];
          const order = newest ? 'newest-first' : 'oldest-first';
          for await (const entry of log.query({ since, until, order, limit })) found.push(entry);
          // Entries of one time may come from several segments: their order among each other is left open.
          expect(found.map(({ timestamp }) => timestamp)).toEqual(
            askModel(model, one).map(({ timestamp }) => timestamp),
          );
          expect(new Set(found.map(({ n }) => n)).size).toBe(found.length);
        } else if (one.do === 'reopen') {
          await log[asyncDisposeSymbol]();
          log = new LogRotator<Entry>(config);
        } else {
          await log[one.do]();
        }
      }
      const kept: number[] = [];
      for await (const { n } of log.query()) kept.push(n);
      expect(kept.sort((a, b) => a - b)).toEqual(model.map(({ n }) => n));
      expect(log.stats).toMatchObject({ dropped: 0, damaged: 0 });
    } finally {
      await log.clear();
      await log[asyncDisposeSymbol]();
      indexedDB.deleteDatabase(`poise-logs:${config.name}`);
    }
  });
  await fc.assert(property, { numRuns: 40 });
});
