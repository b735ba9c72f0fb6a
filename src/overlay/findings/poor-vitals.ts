import { Severity } from '../../core/severity.js';
import { causeOf } from '../panels/vital-cause.js';
import * as format from '../ui/format.js';
import type { FindingRule } from './finding.js';

const ADVICE = {
  INP: 'Do less in the handler before the next paint: yield, or move the work to a worker.',
  LCP: 'Load what is largest first: preload it, and take what blocks rendering out of its way.',
  CLS: 'Give what comes later its room: sizes on images, frames and what is inserted.',
  FCP: 'Send less before the first paint: inline what is critical, and defer the rest.',
  TTFB: 'The server answers late: look at redirects, caches and the connection.',
} as const;
/** What hurts most comes first. */
const ORDER = ['INP', 'LCP', 'CLS', 'FCP', 'TTFB'] as const;

/** A web vital that is poor. */
export const poorVitals: FindingRule = ({ source: { monitor } }) => {
  const vitals = monitor?.getPerformanceStats().page.webVitals?.vitals ?? [];
  const worst = ORDER.flatMap((name) => vitals.find((v) => v.name === name && v.rating === 'poor') ?? [])[0];
  if (!worst) return undefined;
  return {
    severity: Severity.WARNING,
    title: `${worst.name} is poor: ${worst.name === 'CLS' ? worst.value.toFixed(2) : format.duration(worst.value)}.`,
    blame: causeOf(worst) || undefined,
    recommendation: ADVICE[worst.name],
    panel: 'frames',
  };
};
