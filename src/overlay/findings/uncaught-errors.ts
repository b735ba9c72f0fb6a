import { Severity } from '../../core/severity.js';
import * as format from '../ui/format.js';
import type { FindingRule } from './finding.js';

/** Errors that nobody caught. */
export const uncaughtErrors: FindingRule = ({ source: { monitor } }) => {
  const errors = monitor?.getPerformanceStats().page.errors;
  const last = errors?.recent.at(-1);
  if (!errors || !last) return undefined;
  return {
    severity: Severity.WARNING,
    title: `${format.plural(errors.count, 'error was', 'errors were')} not caught; the last: ${last.message}`,
    blame: last.source && [last.source, last.line].filter((part) => part !== undefined).join(':'),
    recommendation: 'What threw may have left its work half done: catch it where it can be mended.',
    panel: 'alerts',
  };
};
