import { isFailed } from '../../collect/network/network-entry.js';
import { Severity } from '../../core/severity.js';
import * as format from '../ui/format.js';
import type { FindingRule } from './finding.js';

const RECENT = 20;
/** Fewer than this share of the newest requests is an accident. */
const NOTABLE = 0.1;

/** Requests that failed lately, with the last one. */
export const failedRequests: FindingRule = ({ source: { monitor } }) => {
  const recent = monitor?.getPerformanceStats().page.network?.recent.slice(-RECENT) ?? [];
  const failed = recent.filter(isFailed);
  const last = failed.at(-1);
  if (!last || failed.length / recent.length < NOTABLE) return undefined;
  return {
    severity: Severity.WARNING,
    title: `${format.count(failed.length)} of the last ${format.count(recent.length)} requests failed.`,
    blame: `${last.method} ${last.url}: ${last.error?.message ?? last.status}`,
    recommendation: 'Look at the answer, and wait longer between attempts.',
    panel: 'network',
  };
};
