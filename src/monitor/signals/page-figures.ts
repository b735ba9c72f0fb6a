import type { FrameFigures } from './frames-signal.js';
import type { LongFrameFigures } from './long-frames-signal.js';

/** What the page has told, as plain data. What is switched off, or was not told yet, is left out. */
export interface PageFigures {
  readonly frames?: FrameFigures;
  readonly longFrames?: LongFrameFigures;
}
