import { Severity } from '../../core/severity.js';
import * as format from '../ui/format.js';
import type { FindingRule } from './finding.js';

const WINDOW_SECONDS = 5;
/** Below this nobody sees it. */
const NOTABLE_PERCENT = 5;
const BAD_PERCENT = 25;

/** Frames that the page did not deliver in the last seconds. */
export const droppedFrames: FindingRule = ({ frames, clock, source }) => {
  const recent = frames.summary(WINDOW_SECONDS, clock.now());
  if (!recent || recent.droppedPercent < NOTABLE_PERCENT) return undefined;
  return {
    severity: recent.droppedPercent >= BAD_PERCENT ? Severity.ERROR : Severity.WARNING,
    title: `${format.percent(recent.droppedPercent)} of the frames are dropped: ${format.count(recent.framesPerSecond)} a second get through.`,
    blame: undefined,
    recommendation: source.throttler
      ? 'Give the updates that cost most a key, so that only the newest of each is run.'
      : 'Send updates of the page through an UpdateThrottler.',
    panel: 'frames',
  };
};
