import { LeakKind } from '../../src/memory/index.js';
import type { Told } from './play.js';
import type { Scenario } from './scenario.js';

/** One run of one scenario. */
export interface Run {
  readonly scenario: Scenario;
  readonly told: Told;
}

/** Which detectors count; the seeds' names for one, or all together. */
export type Judge = 'together' | LeakKind;

/** Each detector alone, and all together. */
export const JUDGES: readonly Judge[] = ['together', ...Object.values(LeakKind)];

/** When a run's leak was told by those who count, in page seconds. */
export function toldAt({ told }: Run, judge: Judge): number | undefined {
  const times = judge === 'together' ? [...told.values()] : [told.get(judge) ?? Number.POSITIVE_INFINITY];
  const first = Math.min(...times);
  return Number.isFinite(first) ? first : undefined;
}

export interface Score {
  /** Of what was told, the share that leaks. NaN where nothing was told. */
  readonly precision: number;
  /** Of what leaks, the share that was told. */
  readonly recall: number;
  /** Of the leaks that were told, the middle of the times, in page seconds. */
  readonly timeToDetect: number;
}

export function score(runs: readonly Run[], judge: Judge): Score {
  const told = runs.filter((run) => toldAt(run, judge) !== undefined);
  const right = told.filter(({ scenario }) => scenario.leaks);
  const times = right.map((run) => toldAt(run, judge) ?? Number.NaN).sort((a, b) => a - b);
  return {
    precision: right.length / told.length,
    recall: right.length / runs.filter(({ scenario }) => scenario.leaks).length,
    timeToDetect: times[Math.floor(times.length / 2)] ?? Number.NaN,
  };
}
