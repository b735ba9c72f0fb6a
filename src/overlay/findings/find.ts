import { Severity } from '../../core/severity.js';
import type { PanelContext } from '../panels/panel.js';
import { droppedFrames } from './dropped-frames.js';
import { failedCleanups } from './failed-cleanups.js';
import type { Finding, FindingRule } from './finding.js';
import { longFrame } from './long-frame.js';
import { refusedUpdates } from './refused-updates.js';

const RULES: readonly FindingRule[] = [longFrame, droppedFrames, refusedUpdates, failedCleanups];

const ORDER: readonly Severity[] = [Severity.CRITICAL, Severity.ERROR, Severity.WARNING, Severity.INFO];

/** What is wrong now, the worst first. */
export function findAll(context: PanelContext): Finding[] {
  return RULES.flatMap((rule) => rule(context) ?? []).sort(
    (a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity),
  );
}
