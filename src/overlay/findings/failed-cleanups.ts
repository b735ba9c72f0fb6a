import { Severity } from '../../core/severity.js';
import * as format from '../ui/format.js';
import type { FindingRule } from './finding.js';

/** Resources that would not end. */
export const failedCleanups: FindingRule = ({ source: { resources } }) => {
  const report = resources?.getReport();
  const last = report?.failures.at(-1);
  if (!report || !last) return undefined;
  return {
    severity: report.stats.givenUp > 0 ? Severity.ERROR : Severity.WARNING,
    title: `${format.plural(report.stats.failed, 'clean-up')} failed.`,
    blame: `${last.id} (${last.kind}): ${last.error.message}`,
    recommendation: 'Mend its clean-up function: what it holds stays in memory.',
    panel: 'resources',
  };
};
