import type { MonitorPart } from '../overlay-source.js';
import type { PillFigure } from './pill-figures.js';

const MB = 1_048_576;

/** The score and the heap, shown first. */
export function monitorFigures(monitor: MonitorPart): readonly PillFigure[] {
  return [
    { label: 'score', read: () => monitor.getPerformanceStats().performanceScore.toFixed(0) },
    {
      label: 'heap',
      read: () => {
        const heap = monitor.getPerformanceStats().page.heap?.latest;
        return heap && `${(heap.usedBytes / MB).toFixed(0)} MB`;
      },
    },
  ];
}
