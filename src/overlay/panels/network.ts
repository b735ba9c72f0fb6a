import { html } from 'lit';
import type { NetworkEntry } from '../../collect/index.js';
import * as format from '../ui/format.js';
import { missing, statList, table } from '../ui/parts.js';
import type { PanelContext, PanelView } from './panel.js';

const LISTED = 40;

/** The requests that the page makes, the newest first. */
export function createNetwork({ source, clock }: PanelContext): PanelView {
  let onlyFailed = false;
  return {
    render: () => {
      const figures = source.monitor?.getPerformanceStats().page.network;
      if (!figures) {
        return missing(
          'Requests are not captured',
          'Give the overlay a PerformanceMonitor with collect: { network: true }.',
        );
      }
      const shown = figures.recent.filter((entry) => !onlyFailed || isFailed(entry));
      return html`
        ${statList([
          { label: 'Requests', value: format.count(figures.requests) },
          {
            label: 'Failed',
            value: format.count(figures.failed),
            tone: figures.failed > 0 ? 'bad' : 'neutral',
            note: `${format.count(figures.aborted)} given up`,
          },
          { label: 'Sent', value: format.bytes(figures.sentBytes) },
          { label: 'Received', value: format.bytes(figures.receivedBytes) },
        ])}
        <label class="bar-row">
          <input
            type="checkbox"
            .checked=${onlyFailed}
            @change=${({ target }: Event) => {
              onlyFailed = target instanceof HTMLInputElement && target.checked;
            }}
          />
          Only those that failed
        </label>
        ${table<NetworkEntry>(
          'Requests, newest first',
          [
            { title: 'At', cell: ({ startTime }) => format.timeOfDay(clock.toEpoch(startTime)) },
            { title: 'Method', cell: ({ method }) => method },
            { title: 'URL', cell: ({ url }) => html`<code>${url}</code>` },
            { title: 'Status', cell: status },
            { title: 'Took', cell: ({ durationMs }) => format.duration(durationMs), numeric: true },
            { title: 'Size', cell: ({ responseBytes }) => format.bytes(responseBytes), numeric: true },
          ],
          shown.slice(-LISTED).toReversed(),
          onlyFailed ? 'None failed.' : 'None yet.',
        )}
      `;
    },
  };
}

const isFailed = ({ error, aborted, status: code }: NetworkEntry): boolean =>
  !aborted && (error !== undefined || code >= 400);

function status(entry: NetworkEntry): unknown {
  if (entry.aborted) return html`<span class="tag">given up</span>`;
  if (entry.error) return html`<span class="tag" data-tone="bad">${entry.error.name}</span>`;
  const tone = entry.status >= 500 ? 'bad' : entry.status >= 400 ? 'warning' : 'good';
  return html`<span class="tag" data-tone=${tone}>${entry.status || entry.type}</span>`;
}
