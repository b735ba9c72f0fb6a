import { html, nothing } from 'lit';
import type { OptimizationRecord } from '../../monitor/index.js';
import * as format from '../ui/format.js';
import { action, missing, statList, table, toneOf } from '../ui/parts.js';
import type { PanelContext, PanelView } from './panel.js';

/** The score with its parts, the alerts that stand, and what was done about the load. */
export function createAlerts({ source, act }: PanelContext): PanelView {
  return {
    render: () => {
      const { monitor } = source;
      if (!monitor) return missing('No monitor here', 'Give the overlay a PerformanceMonitor.');
      const { score, alerts, optimizations, self } = monitor.getPerformanceStats();
      const optimize = async () => {
        const done = await monitor.forceOptimization?.();
        const what = done?.actions.map((each) => `${each.part}: ${each.what}`).join('; ');
        return what || 'There was nothing to be done.';
      };
      return html`
        ${monitor.forceOptimization ? html`<div class="bar-row">${action('Optimise now', () => act(optimize))}</div>` : nothing}
        ${statList([
          { label: 'Score', value: format.count(score.score), note: 'of 100' },
          ...score.parts.map(({ part, points, maxPoints, health }) => ({
            label: `${part[0]?.toUpperCase()}${part.slice(1)}`,
            value: format.rate(points),
            note: `of ${format.rate(maxPoints)}`,
            tone: health < 0.5 ? ('bad' as const) : health < 0.8 ? ('warning' as const) : ('neutral' as const),
          })),
          { label: 'poise itself', value: format.percent(self.mainThreadPercent), note: 'of the main thread' },
        ])}
        <section>
          <h3>Alerts</h3>
          ${
            alerts.length === 0
              ? html`<p class="quiet">Nothing is over its threshold.</p>`
              : alerts.map(
                  ({
                    severity,
                    message,
                    recommendation,
                    at,
                  }) => html`<div class="finding" data-tone=${toneOf(severity)}>
                    <strong>${message}</strong>
                    <span>${recommendation}</span>
                    <span class="quiet">since ${format.timeOfDay(at)}</span>
                  </div>`,
                )
          }
        </section>
        ${table<OptimizationRecord>(
          'What was done, newest first',
          [
            { title: 'At', cell: ({ at }) => format.timeOfDay(at) },
            { title: 'Because of', cell: ({ trigger }) => trigger },
            {
              title: 'What',
              cell: ({ actions }) =>
                actions.map((each) => `${each.part}: ${each.what}`).join('; ') || 'nothing was to be done',
            },
            { title: 'Helped', cell: ({ helped }) => (helped === undefined ? 'not known yet' : helped ? 'yes' : 'no') },
          ],
          optimizations.slice(-12).toReversed(),
          'Nothing was to be done.',
        )}
      `;
    },
  };
}
