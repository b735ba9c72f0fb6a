import { html } from 'lit';
import type { PoolStats } from '../../workers/index.js';
import * as format from '../ui/format.js';
import { missing, statList } from '../ui/parts.js';
import type { PanelContext, PanelView } from './panel.js';

/** What each worker pool has done, and how long tasks wait and run. */
export function createWorkers({ source }: PanelContext): PanelView {
  return {
    render: () => {
      const pools = Object.entries(source.workers ?? {});
      if (pools.length === 0) return missing('No workers here', 'Give the overlay a WorkerPool: workers: { pool }.');
      return html`${pools.map(([name, { stats }]) => html`<section><h3>${name}</h3>${figures(stats)}</section>`)}`;
    },
  };
}

const figures = (stats: PoolStats) =>
  statList([
    { label: 'Workers', value: format.count(stats.workers), note: MODES[stats.mode] },
    { label: 'Done', value: format.count(stats.completed), note: `${format.count(stats.pending)} wait or run` },
    {
      label: 'Failed',
      value: format.count(stats.failed),
      tone: stats.failed - stats.aborted > 0 ? 'bad' : 'neutral',
      note: `${format.count(stats.aborted)} given up, ${format.count(stats.timedOut)} out of time`,
    },
    {
      label: 'Crashes',
      value: format.count(stats.crashes),
      tone: stats.crashes > 0 ? 'bad' : 'neutral',
      note: `${format.plural(stats.retried, 'task')} tried again`,
    },
    { label: 'Wait, p95', value: format.duration(stats.waitMs.p95), note: `p50 ${format.duration(stats.waitMs.p50)}` },
    { label: 'Run, p95', value: format.duration(stats.runMs.p95), note: `p50 ${format.duration(stats.runMs.p50)}` },
  ]);

const MODES: Readonly<Record<PoolStats['mode'], string>> = {
  idle: 'none needed yet',
  workers: 'on threads of their own',
  'main-thread': 'on the main thread, in slices',
  unsupported: 'can’t run here',
};
