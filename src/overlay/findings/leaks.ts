import * as format from '../ui/format.js';
import type { FindingRule } from './finding.js';

/** The worst leak that goes on. */
export const leaks: FindingRule = ({ source }) => {
  const [worst, ...others] = source.leaks?.getMemoryReport().leaks ?? [];
  if (!worst) return undefined;
  return {
    severity: worst.severity,
    title: others.length === 0 ? worst.details : `${worst.details} (and ${format.plural(others.length, 'leak')} more)`,
    blame: worst.componentId,
    recommendation: worst.recommendations[0] ?? 'See the memory panel.',
    panel: 'memory',
  };
};
