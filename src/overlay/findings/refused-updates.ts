import { Severity } from '../../core/severity.js';
import * as format from '../ui/format.js';
import type { FindingRule } from './finding.js';

/** Updates that were lost or that failed. */
export const refusedUpdates: FindingRule = ({ source: { throttler } }) => {
  if (!throttler) return undefined;
  const { refused, failed } = throttler.stats;
  if (refused === 0 && failed === 0) return undefined;
  return {
    severity: refused > 0 ? Severity.ERROR : Severity.WARNING,
    title:
      refused > 0
        ? `${format.plural(refused, 'update was', 'updates were')} refused: the queue was full.`
        : `${format.plural(failed, 'update')} threw.`,
    blame: undefined,
    recommendation:
      refused > 0
        ? 'Give updates a key, so that the newest replaces the one that waits.'
        : "Listen to the throttler's errors$ to see what they threw.",
    panel: 'updates',
  };
};
