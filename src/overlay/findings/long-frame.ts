import { Severity } from '../../core/severity.js';
import type { Milliseconds } from '../../core/units.js';
import * as format from '../ui/format.js';
import type { FindingRule } from './finding.js';

/** Only what happened this recently is "now". */
const RECENT_MS: Milliseconds = 10_000;
/** A pause that everybody feels: the poor end of INP (https://web.dev/articles/inp). */
const POOR_MS: Milliseconds = 500;

/** The longest of the recent long frames, with the script to blame. */
export const longFrame: FindingRule = ({ frames, clock }) => {
  const since = clock.now() - RECENT_MS;
  const recent = frames.longFrames.filter(({ startTime }) => startTime >= since);
  const [first, ...others] = recent;
  if (!first) return undefined;
  const worst = others.reduce((a, b) => (b.durationMs > a.durationMs ? b : a), first);
  const script = worst.scripts[0];
  const forced = script && script.forcedLayoutMs > script.durationMs / 3;
  return {
    severity: worst.durationMs >= POOR_MS ? Severity.ERROR : Severity.WARNING,
    title: `The page stood still for ${format.duration(worst.durationMs)}, ${others.length === 0 ? 'once' : `the longest of ${recent.length} times`} in the last ${RECENT_MS / 1_000} s.`,
    blame: script && [script.invoker, script.functionName, script.sourceUrl].filter(Boolean).join(' · '),
    recommendation: forced
      ? 'It reads layout right after changing it: read first, then write.'
      : 'Cut the work into slices that yield, or move it to a worker.',
    panel: 'frames',
  };
};
