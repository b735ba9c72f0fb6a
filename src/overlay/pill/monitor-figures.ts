import { BYTES_PER_MB } from '../../core/units.js';
import type { PerformanceStats } from '../../monitor/index.js';
import type { MonitorPart } from '../overlay-source.js';
import type { PillFigure } from './pill-figures.js';

/** The score and the heap, shown first. */
export function monitorFigures(monitor: MonitorPart): readonly PillFigure[] {
  let stats: PerformanceStats | undefined;
  return [
    {
      label: 'score',
      read: () => {
        stats = monitor.getPerformanceStats();
        return stats.performanceScore.toFixed(0);
      },
    },
    {
      label: 'heap',
      // Goes by the reading that the score was from: each copies the page's whole state.
      read: () => {
        const heap = stats?.page.heap?.latest;
        return heap && `${(heap.usedBytes / BYTES_PER_MB).toFixed(0)} MB`;
      },
    },
  ];
}
