import type { Severity } from '../../core/severity.js';
import type { EpochMs } from '../../core/units.js';

/** What alerts are about (seed 004: Alert Thresholds), a leak that was found, and poise's own cost. */
export const AlertType = {
  MEMORY: 'memory',
  THROTTLE: 'throttle',
  CLEANUP: 'cleanup',
  SCORE: 'score',
  LEAK: 'leak',
  OVERHEAD: 'overhead',
} as const;
export type AlertType = (typeof AlertType)[keyof typeof AlertType];

/** One alert, at its raising or its clearing. */
export interface Alert {
  readonly type: AlertType;
  readonly state: 'raised' | 'cleared';
  readonly severity: Severity;
  /** The reading that crossed the threshold. */
  readonly value: number;
  readonly threshold: number;
  /** What is wrong, in words; at its clearing, that it is over. */
  readonly message: string;
  readonly recommendation: string;
  readonly at: EpochMs;
}
