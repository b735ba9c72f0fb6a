import { Severity } from '../../core/severity.js';
import * as format from '../ui/format.js';
import type { FindingRule } from './finding.js';

/** Log entries that were lost, and a log that is not on disk. */
export const lostLogEntries: FindingRule = ({ source: { logs } }) => {
  const stats = logs?.stats;
  if (!stats) return undefined;
  if (stats.dropped > 0) {
    return {
      severity: Severity.ERROR,
      title: `${format.plural(stats.dropped, 'log entry was', 'log entries were')} lost.`,
      blame: stats.diskFull ? 'the disk is full' : undefined,
      recommendation: 'Keep fewer segments (maxFiles), or listen to the log’s errors$ to see why.',
      panel: 'logs',
    };
  }
  if (stats.persistent) return undefined;
  return {
    severity: Severity.INFO,
    title: 'The log is in memory only: it is gone when the page is closed.',
    blame: undefined,
    recommendation: 'IndexedDB is missing here, as in a private window or a sandboxed frame, or it is gone.',
    panel: 'logs',
  };
};
