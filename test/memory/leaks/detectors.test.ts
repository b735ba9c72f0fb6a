import { expect, test } from 'vitest';
import type { HeapSource } from '../../../src/core/index.js';
import { DETECTORS, LeakKind, type MemoryLeak, type Observation } from '../../../src/memory/index.js';
import { LeakWatch } from '../../../src/memory/leaks/leak-watch.js';

const MB = 1_048_576;
const GC_MS = 40_000;

interface Page {
  readonly heapMb: number;
  readonly source?: HeapSource;
  readonly visits?: number;
  readonly rows?: number;
  readonly bytesARow?: number;
  readonly detached?: number;
}

/** Shows the detectors a page after each collection. Answers with all that was told. */
function tell(pages: readonly Page[], headroomBytes?: number): MemoryLeak[] {
  const watch = new LeakWatch(10 * MB);
  watch.begin();
  const told: MemoryLeak[] = [];
  for (const [
    n,
    { heapMb, source = 'performance-memory', visits = 0, rows = 0, bytesARow = 0, detached = 0 },
  ] of pages.entries()) {
    const time = n * GC_MS;
    const observation: Observation = {
      time,
      heap: { time, usedBytes: heapMb * MB, source },
      settled: true,
      operations: [{ componentId: 'router', operation: '/orders', runs: visits }],
      components: [{ componentId: 'Row', live: rows, bytes: rows * bytesARow }],
      detached: [{ selector: 'li.row', live: detached }],
    };
    const limits = { leakThresholdBytes: 10 * MB, gcThreshold: 1_000, headroomBytes };
    told.push(...watch.observe(observation, limits, time));
  }
  return told;
}

const course = (length: number, page: (n: number) => Page): Page[] => Array.from({ length }, (_, n) => page(n));

test('there are four, and each has a kind of its own', () => {
  expect(DETECTORS.map((make) => make(10 * MB).kind).sort()).toEqual(Object.values(LeakKind).sort());
});

test('a page that stays is told nothing of', () => {
  expect(tell(course(30, (n) => ({ heapMb: 40 + (n % 3), visits: n, rows: 20 + (n % 4), detached: n % 5 })))).toEqual(
    [],
  );
});

test('a heap that grows is told once while it grows, and once when it has ended', () => {
  const told = tell(course(30, (n) => ({ heapMb: 20 + Math.min(n, 15) })));
  expect(told.map(({ kind, endedAt }) => [kind, endedAt !== undefined])).toEqual([
    [LeakKind.HEAP_TREND, false],
    [LeakKind.HEAP_TREND, true],
  ]);
  const [leak] = told;
  expect(leak?.timestamp).toBeLessThanOrEqual(4 * GC_MS);
  expect(leak).toMatchObject({ componentId: 'page', severity: 'warning', objectIncrease: undefined });
  expect(leak?.details).toContain('1.5 MB a minute');
  expect(leak?.confidence).toBeGreaterThan(0.9);
});

test('a change of the source begins a new series: figures are never mixed', () => {
  const told = tell(
    course(12, (n) => ({
      heapMb: n,
      source: n % 2 === 0 ? 'performance-memory' : 'user-agent-specific-memory',
    })),
  );
  expect(told.filter(({ kind }) => kind === LeakKind.HEAP_TREND)).toEqual([]);
});

test('what is only tracked is no heap', () => {
  expect(tell(course(12, (n) => ({ heapMb: n, source: 'tracked' })))).toEqual([]);
});

test('growth with each visit is told with its route, though visits come in bursts', () => {
  const visitsAt = [0, 6, 6, 6, 18, 18, 20, 20, 34, 34, 34, 40];
  const told = tell(visitsAt.map((visits) => ({ heapMb: 20 + visits / 4, visits })));
  const leak = told.find(({ kind }) => kind === LeakKind.OPERATION_GROWTH);
  expect(leak).toMatchObject({ componentId: 'router', operation: '/orders' });
  expect(leak?.details).toContain('256 KB');
  expect(leak?.recommendations.join()).toContain('/orders of router');
});

test('severity follows what was taken, by bytes and by count, and how soon the rest is gone', () => {
  const severities = (pages: Page[], headroomBytes?: number) =>
    tell(pages, headroomBytes)
      .filter(({ endedAt }) => endedAt === undefined)
      .map(({ severity }) => severity);
  expect(severities(course(8, (n) => ({ heapMb: 20 + n })))).toEqual(['warning']);
  expect(severities(course(8, (n) => ({ heapMb: 20 + n * 10 })))).toEqual(['error']);
  expect(
    severities(
      course(8, (n) => ({ heapMb: 20 + n * 10 })),
      50 * MB,
    ),
  ).toEqual(['critical']);
  expect(severities(course(8, (n) => ({ heapMb: 20, rows: n * 5 })))).toEqual(['warning']);
  expect(severities(course(8, (n) => ({ heapMb: 20, rows: n * 5, bytesARow: MB })))).toEqual(['error']);
  expect(severities(course(8, (n) => ({ heapMb: 20, detached: n * 500 })))).toEqual(['error']);
});
