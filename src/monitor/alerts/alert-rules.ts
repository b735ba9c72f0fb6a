import type { Severity } from '../../core/severity.js';
import { percentOf, type Readings } from '../score/readings.js';
import type { AlertType } from './alert.js';
import type { AlertThresholds } from './alert-thresholds.js';

/** What the rules look at. */
export interface AlertReadings {
  readonly readings: Readings;
  readonly score: number;
  /** What poise itself takes of the main thread, in percent; undefined before it was measured. */
  readonly selfPercent: number | undefined;
  /** What leaks that go on say of themselves, the worst first. */
  readonly leaks: readonly string[];
}

/** The thresholds that rules are held against. */
export interface RuleLimits extends AlertThresholds {
  readonly selfBudgetPercent: number;
}

/** One thing that may be wrong. A new rule is one more of these in `ALERT_RULES`. */
export interface AlertRule {
  readonly type: AlertType;
  readonly severity: Severity;
  /** Which side of the threshold is wrong. */
  readonly wrong: 'above' | 'below';
  /** How far back the value must go before the alert clears: what hovers at the threshold does not flicker. */
  readonly margin: number;
  readonly threshold: (limits: RuleLimits) => number;
  /** `undefined` while there is nothing to judge by: an alert that stands stays as it is. */
  readonly value: (readings: AlertReadings) => number | undefined;
  readonly message: (value: number, readings: AlertReadings) => string;
  readonly recommendation: string;
}

const MARGIN_PERCENT = 5;
/** Fewer requests than this within the window are no flood, whatever share of them had to wait. */
const FEWEST_REQUESTS = 100;
const percent = (value: number) => `${value.toFixed(0)} %`;

export const ALERT_RULES: readonly AlertRule[] = [
  {
    type: 'memory',
    severity: 'error',
    wrong: 'above',
    margin: MARGIN_PERCENT,
    threshold: ({ memoryUsagePercent }) => memoryUsagePercent,
    value: ({ readings: { memory } }) => memory?.usagePercent,
    message: (value) => `Memory is ${percent(value)} full.`,
    recommendation: 'Lower maxEntries or maxBodySize, and look at the leaks that were found.',
  },
  {
    type: 'throttle',
    severity: 'warning',
    wrong: 'above',
    margin: MARGIN_PERCENT,
    threshold: ({ throttleRatePercent }) => throttleRatePercent,
    value: ({ readings: { throttling } }) => {
      if (!throttling) return undefined;
      if (throttling.requested < FEWEST_REQUESTS) return 0;
      return percentOf(throttling.throttled, throttling.requested);
    },
    message: (value) => `${percent(value)} of the updates have to wait.`,
    recommendation: 'Give updates keys, so that the newest replaces what waits; batch those that come together.',
  },
  {
    type: 'cleanup',
    severity: 'error',
    wrong: 'above',
    margin: MARGIN_PERCENT,
    threshold: ({ cleanupFailuresPercent }) => cleanupFailuresPercent,
    value: ({ readings: { resources } }) =>
      resources && (percentOf(resources.failed, resources.failed + resources.cleaned) ?? 0),
    message: (value) => `${percent(value)} of the clean-ups failed.`,
    recommendation: 'Mend the clean-up functions that the resource report names: what they hold stays in memory.',
  },
  {
    type: 'score',
    severity: 'warning',
    wrong: 'below',
    margin: MARGIN_PERCENT,
    threshold: ({ performanceScoreMin }) => performanceScoreMin,
    value: ({ score }) => score,
    message: (value) => `The performance score is ${value.toFixed(0)} of 100.`,
    recommendation: 'The score is made of parts: begin with the one that lost most points.',
  },
  {
    type: 'leak',
    severity: 'error',
    wrong: 'above',
    margin: 0,
    threshold: () => 0,
    value: ({ leaks }) => leaks.length,
    message: (value, { leaks: [worst] }) => `${value === 1 ? 'A leak was' : `${value} leaks were`} found: ${worst}`,
    recommendation: 'The memory report names what grew and the component that it grew in.',
  },
  {
    type: 'overhead',
    severity: 'info',
    wrong: 'above',
    margin: 0.5,
    threshold: ({ selfBudgetPercent }) => selfBudgetPercent,
    value: ({ selfPercent }) => selfPercent,
    message: (value) => `poise itself takes ${value.toFixed(1)} % of the main thread; it looks less often now.`,
    recommendation: 'Switch off what you do not need in `collect`, or raise checkIntervalMs.',
  },
];
