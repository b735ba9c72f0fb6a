import type { PerformanceMonitor } from '../monitor/index.js';
import type { OverlaySource } from './overlay-source.js';

/** The parts of a monitor, each as it is there: a monitor that has not started yet has none. */
export function monitorSource(monitor: PerformanceMonitor, others: OverlaySource = {}): OverlaySource {
  return {
    ...others,
    monitor,
    get throttler() {
      return others.throttler ?? monitor.getUpdateThrottler();
    },
    get resources() {
      return others.resources ?? monitor.getResourceManager();
    },
    get memory() {
      return others.memory ?? monitor.getMemoryManager();
    },
    get leaks() {
      return others.leaks ?? monitor.getMemoryOptimizer();
    },
    get logs() {
      return others.logs ?? monitor.getLogRotator();
    },
  };
}

/** Whether the overlay was given a monitor itself, instead of what it is to look at. */
export const isMonitor = (source: OverlaySource | PerformanceMonitor): source is PerformanceMonitor =>
  'getUpdateThrottler' in source;
