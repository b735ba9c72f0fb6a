import { worstFirst } from '../../core/severity.js';
import type { PanelContext } from '../panels/panel.js';
import { droppedFrames } from './dropped-frames.js';
import { failedCleanups } from './failed-cleanups.js';
import { failedRequests } from './failed-requests.js';
import type { Finding, FindingRule } from './finding.js';
import { leaks } from './leaks.js';
import { longFrame } from './long-frame.js';
import { lostLogEntries } from './lost-log-entries.js';
import { memoryPressure } from './memory-pressure.js';
import { poorVitals } from './poor-vitals.js';
import { refusedUpdates } from './refused-updates.js';
import { uncaughtErrors } from './uncaught-errors.js';

const RULES: readonly FindingRule[] = [
  longFrame,
  droppedFrames,
  leaks,
  memoryPressure,
  refusedUpdates,
  failedCleanups,
  lostLogEntries,
  poorVitals,
  failedRequests,
  uncaughtErrors,
];

/** What is wrong now, the worst first. */
export function findAll(context: PanelContext): Finding[] {
  return RULES.flatMap((rule) => rule(context) ?? []).sort(worstFirst);
}
