import type { StorageReading } from '../../collect/index.js';
import type { ErrorFigures } from './errors-signal.js';
import type { FrameFigures } from './frames-signal.js';
import type { HeapFigures } from './heap-signal.js';
import type { LongFrameFigures } from './long-frames-signal.js';
import type { NetworkFigures } from './network-signal.js';
import type { PressureFigures } from './pressure-signal.js';
import type { ResourceTimingFigures } from './resource-timing-signal.js';
import type { WebVitalFigures } from './web-vitals-signal.js';

/** What the page has told, as plain data. What is switched off, or was not told yet, is left out. */
export interface PageFigures {
  readonly webVitals?: WebVitalFigures;
  readonly frames?: FrameFigures;
  readonly longFrames?: LongFrameFigures;
  readonly heap?: HeapFigures;
  readonly pressure?: PressureFigures;
  readonly storage?: StorageReading;
  readonly resourceTiming?: ResourceTimingFigures;
  readonly errors?: ErrorFigures;
  readonly network?: NetworkFigures;
}
