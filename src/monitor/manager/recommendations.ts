import { Severity, worstFirst } from '../../core/severity.js';
import { BYTES_PER_MB } from '../../core/units.js';
import type { OperationMetrics } from './operation-metrics.js';
import type { OperationSummary } from './operation-summary.js';

/** Something to do about an operation, and the figures that say so. */
export interface Recommendation {
  /** Names the rule; stable across versions. */
  readonly rule: RecommendationRule;
  readonly severity: Severity;
  readonly componentId: string;
  readonly operation: string;
  /** What was seen and what helps, for people. */
  readonly text: string;
}

/** What a rule sees of one operation. */
interface RuleInput {
  readonly summary: OperationSummary;
  /** In order of time; at least one. */
  readonly runs: readonly OperationMetrics[];
}

/** What a rule finds; `undefined` when all is well. */
type Finding = Pick<Recommendation, 'severity' | 'text'> | undefined;

/** A task past this is a long one (https://w3c.github.io/longtasks/). */
const LONG_TASK_MS = 50;
/** An interaction that takes longer is poor (https://web.dev/articles/inp). */
const POOR_MS = 500;
/** Who waits longer than this turns to something else. */
const PATIENCE_MS = 1_000;
/** Runs below which a tail or a trend is chance. */
const ENOUGH_RUNS = 30;

const ms = (value: number | undefined) => `${(value ?? 0).toFixed((value ?? 0) < 10 ? 1 : 0)} ms`;
const percent = (value: number | undefined) => `${(value ?? 0).toFixed(0)} %`;
const isAsync = ({ runs }: RuleInput) => runs.some((run) => run.async);

/** Synchronous and long: input and frames wait for it. */
function blocksMainThread(input: RuleInput): Finding {
  const { p95Ms = 0 } = input.summary;
  if (isAsync(input) || p95Ms <= LONG_TASK_MS) return undefined;
  return {
    severity: p95Ms > POOR_MS ? Severity.CRITICAL : Severity.ERROR,
    text: `keeps the main thread for ${ms(p95Ms)} (p95): run it in slices that yield, or in a WorkerPool`,
  };
}

/** Asynchronous, slow, and the main thread rests meanwhile: it waits for somebody. */
function waitsForOthers(input: RuleInput): Finding {
  const { p95Ms = 0, meanMainThreadPercent } = input.summary;
  if (!isAsync(input) || p95Ms <= PATIENCE_MS || meanMainThreadPercent === undefined || meanMainThreadPercent > 20)
    return undefined;
  return {
    severity: Severity.WARNING,
    text: `takes ${ms(p95Ms)} (p95) while the main thread is ${percent(meanMainThreadPercent)} busy: it waits, for the network or the disk; cache it, ask for it earlier, or several at a time`,
  };
}

/** Asynchronous, but the main thread is what it waits for. */
function competesForMainThread(input: RuleInput): Finding {
  const { p95Ms = 0, meanMainThreadPercent = 0 } = input.summary;
  if (!isAsync(input) || p95Ms <= 2 * LONG_TASK_MS || meanMainThreadPercent < 50) return undefined;
  return {
    severity: Severity.ERROR,
    text: `the main thread is ${percent(meanMainThreadPercent)} busy with long tasks while it runs (${ms(p95Ms)} at p95): move its work to a WorkerPool, or run it when the page is idle`,
  };
}

/** Short each time, but so often that it adds up. */
function calledTooOften(input: RuleInput): Finding {
  const { summary, runs } = input;
  const [first, last] = [runs[0], runs.at(-1)];
  const periodMs = first && last ? last.timestamp + last.executionTimeMs - first.timestamp : 0;
  const share = (100 * summary.totalMs) / periodMs;
  if (isAsync(input) || summary.count < ENOUGH_RUNS || periodMs < PATIENCE_MS || share < 10) return undefined;
  return {
    severity: share >= 30 ? Severity.ERROR : Severity.WARNING,
    text: `runs ${((1_000 * summary.count) / periodMs).toFixed(1)} times a second and takes ${percent(share)} of the main thread: throttle it (UpdateThrottler), batch it, or cache its result`,
  };
}

/** A few runs take far longer than the usual one. */
function hasLongTail({ summary }: RuleInput): Finding {
  const { count, p50Ms = 0, p99Ms = 0 } = summary;
  if (count < ENOUGH_RUNS || p99Ms <= LONG_TASK_MS || p99Ms < 5 * p50Ms) return undefined;
  return {
    severity: Severity.WARNING,
    text: `takes ${ms(p99Ms)} at p99 but ${ms(p50Ms)} usually: look at the metadata of the slow runs; large inputs, cold caches and garbage collection make such tails`,
  };
}

/** The newest third takes longer than the oldest third did. */
function getsSlower({ runs }: RuleInput): Finding {
  if (runs.length < ENOUGH_RUNS) return undefined;
  const third = Math.floor(runs.length / 3);
  const [before, now] = [median(runs.slice(0, third)), median(runs.slice(-third))];
  if (now < 1 || now < 1.5 * before) return undefined;
  return {
    severity: Severity.WARNING,
    text: `has become slower, from ${ms(before)} to ${ms(now)} (median): what it works on may grow without bound`,
  };
}

/** It does not work every so often. */
function failsOften({ summary }: RuleInput): Finding {
  const { count, failures, failurePercent = 0 } = summary;
  if (failures < 2 || failurePercent < 5) return undefined;
  return {
    severity: failurePercent >= 20 ? Severity.CRITICAL : Severity.ERROR,
    text: `fails in ${failures} of ${count} runs (${percent(failurePercent)}): handle what it throws, or retry with back-off`,
  };
}

/** It leaves much for the garbage collector. */
function allocatesMuch({ summary }: RuleInput): Finding {
  const megabytes = (summary.meanMemoryUsageBytes ?? 0) / BYTES_PER_MB;
  if (megabytes < 1) return undefined;
  return {
    severity: megabytes >= 10 ? Severity.ERROR : Severity.WARNING,
    text: `allocates ${megabytes.toFixed(1)} MiB in each run: use buffers again, stream, or work on parts`,
  };
}

/** The rules that recommendations come from. */
export type RecommendationRule =
  | 'blocks-main-thread'
  | 'competes-for-main-thread'
  | 'waits-for-others'
  | 'called-too-often'
  | 'has-long-tail'
  | 'gets-slower'
  | 'fails-often'
  | 'allocates-much';

const RULES: ReadonlyMap<RecommendationRule, (input: RuleInput) => Finding> = new Map([
  ['blocks-main-thread', blocksMainThread],
  ['competes-for-main-thread', competesForMainThread],
  ['waits-for-others', waitsForOthers],
  ['called-too-often', calledTooOften],
  ['has-long-tail', hasLongTail],
  ['gets-slower', getsSlower],
  ['fails-often', failsOften],
  ['allocates-much', allocatesMuch],
]);

/** What all rules find in a component's operations, the worst first. */
export function recommend(
  componentId: string,
  runsOf: ReadonlyMap<string, readonly OperationMetrics[]>,
  summaries: ReadonlyMap<string, OperationSummary>,
): Recommendation[] {
  const found: Recommendation[] = [];
  for (const [operation, summary] of summaries) {
    const runs = runsOf.get(operation) ?? [];
    for (const [rule, find] of RULES) {
      const finding = find({ summary, runs });
      if (finding) {
        const text = `${componentId}: ${operation} ${finding.text}`;
        found.push({ rule, severity: finding.severity, componentId, operation, text });
      }
    }
  }
  return found.sort(worstFirst);
}

function median(runs: readonly OperationMetrics[]): number {
  const sorted = runs.map(({ executionTimeMs }) => executionTimeMs).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
