import { expect, test } from 'vitest';
import { type OperationMetrics, type RecommendationRule, reportOn } from '../../../src/monitor/manager/index.js';
import { fc } from '../../support/properties.js';

interface Runs extends Partial<OperationMetrics> {
  /** One run each. */
  readonly times: readonly number[];
  /** From one to the next. Default 10,000. */
  readonly everyMs?: number;
  /** How many of them fail. */
  readonly failing?: number;
}

function runs({ times, everyMs = 10_000, failing = 0, ...rest }: Runs): OperationMetrics[] {
  return times.map((executionTimeMs, i) => ({
    componentId: 'view',
    operation: 'draw',
    timestamp: 1_000_000 + i * everyMs,
    executionTimeMs,
    async: false,
    failed: i < failing,
    errorName: i < failing ? 'Error' : undefined,
    memoryUsageBytes: undefined,
    mainThreadPercent: 100,
    metadata: {},
    ...rest,
  }));
}

const repeat = (count: number, time: number) => Array.from({ length: count }, () => time);
const waiting = { async: true, mainThreadPercent: 2 };
const competing = { async: true, mainThreadPercent: 80 };

/** Each rule at its edge: what it finds, and what it just does not. */
const CASES: readonly [RecommendationRule, Runs, Runs][] = [
  ['blocks-main-thread', { times: [51] }, { times: [50] }],
  ['blocks-main-thread', { times: [400] }, { times: [400], ...waiting }],
  ['waits-for-others', { times: [1_001], ...waiting }, { times: [1_000], ...waiting }],
  ['waits-for-others', { times: [3_000], ...waiting }, { times: [3_000], ...competing }],
  ['waits-for-others', { times: [3_000], ...waiting }, { times: [3_000], async: true, mainThreadPercent: undefined }],
  ['competes-for-main-thread', { times: [101], ...competing }, { times: [100], ...competing }],
  ['competes-for-main-thread', { times: [300], ...competing }, { times: [300], async: true, mainThreadPercent: 49 }],
  ['called-too-often', { times: repeat(200, 5), everyMs: 40 }, { times: repeat(200, 5), everyMs: 60 }],
  ['called-too-often', { times: repeat(200, 5), everyMs: 40 }, { times: repeat(29, 5), everyMs: 40 }],
  ['has-long-tail', { times: [...repeat(39, 10), 60] }, { times: [...repeat(39, 13), 60] }],
  ['has-long-tail', { times: [...repeat(39, 10), 60] }, { times: [...repeat(28, 10), 60] }],
  ['gets-slower', { times: [...repeat(15, 10), ...repeat(15, 15)] }, { times: [...repeat(15, 10), ...repeat(15, 14)] }],
  ['fails-often', { times: repeat(40, 1), failing: 2 }, { times: repeat(41, 1), failing: 2 }],
  ['fails-often', { times: repeat(2, 1), failing: 2 }, { times: [1], failing: 1 }],
  ['allocates-much', { times: [1], memoryUsageBytes: 1_048_576 }, { times: [1], memoryUsageBytes: 1_048_575 }],
];

const rulesOf = (of: Runs) => reportOn('view', runs(of)).recommendations.map(({ rule }) => rule);

test.each(CASES)('%s: found, and not found just short of it', (rule, yes, no) => {
  expect(rulesOf(yes)).toContain(rule);
  expect(rulesOf(no)).not.toContain(rule);
});

test('an operation that is well needs nothing', () => {
  expect(rulesOf({ times: repeat(100, 4) })).toEqual([]);
  expect(rulesOf({ times: [] })).toEqual([]);
});

test('a recommendation names its component and operation, and gives the figures; the worst comes first', () => {
  const slow = runs({ times: repeat(40, 800), failing: 4 });
  const { recommendations } = reportOn('view', slow);
  expect(recommendations.map(({ rule, severity }) => [rule, severity])).toEqual([
    ['blocks-main-thread', 'critical'],
    ['fails-often', 'error'],
  ]);
  expect(recommendations[0]?.text).toMatch(/^view: draw .*800 ms/);
  expect(recommendations[1]?.text).toMatch(/4 of 40/);
});

test('operations are looked at one by one, and summed up together', () => {
  const metrics = [...runs({ times: [10, 20] }), ...runs({ times: [200], operation: 'sort' })];
  const report = reportOn('view', metrics);
  expect(report.summary).toMatchObject({ count: 3, totalMs: 230, p50Ms: 20, maxMs: 200, failures: 0 });
  expect(report.operations.get('draw')).toMatchObject({ count: 2, meanMs: 15 });
  expect(report.recommendations.map(({ operation }) => operation)).toEqual(['sort']);
});

test('an empty report makes nothing up', () => {
  const { summary, startTime, endTime } = reportOn('view', []);
  expect([startTime, endTime]).toEqual([undefined, undefined]);
  expect(summary).toEqual({ count: 0, failures: 0, totalMs: 0 });
  expect(reportOn('view', [], 5, 9)).toMatchObject({ startTime: 5, endTime: 9 });
});

test('figures are those of the runs, whatever they are', async () => {
  const aTime = fc.double({ min: 0, max: 1e6, noNaN: true });
  await fc.assert(
    fc.property(fc.array(aTime, { minLength: 1, maxLength: 200 }), (times) => {
      const { summary } = reportOn('view', runs({ times }));
      const sorted = times.toSorted((a, b) => a - b);
      const atMost = (value: number | undefined) => sorted.filter((t) => t <= (value ?? -1)).length / sorted.length;
      expect(summary.maxMs).toBe(sorted.at(-1));
      expect(atMost(summary.p50Ms)).toBeGreaterThanOrEqual(0.5);
      expect(atMost(summary.p95Ms)).toBeGreaterThanOrEqual(0.95);
      expect(sorted).toContain(summary.p99Ms);
    }),
  );
});
