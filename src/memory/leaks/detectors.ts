import { DetachedNodes } from './detached-nodes.js';
import { HeapTrend } from './heap-trend.js';
import type { MakeDetector } from './leak-detector.js';
import { LiveObjects } from './live-objects.js';
import { OperationGrowth } from './operation-growth.js';

/** All detectors; a new one is a file and a line here. */
export const DETECTORS: readonly MakeDetector[] = Object.freeze<MakeDetector[]>([
  (leakThresholdBytes) => new HeapTrend(leakThresholdBytes),
  () => new LiveObjects(),
  () => new DetachedNodes(),
  (leakThresholdBytes) => new OperationGrowth(leakThresholdBytes),
]);
