import { html } from 'lit';
import { isFailed, type NetworkEntry } from '../../collect/network/network-entry.js';
import * as format from '../ui/format.js';
import { missing, statList } from '../ui/parts.js';
import { RecordList } from '../ui/record-list.js';
import { requestText } from './network-text.js';
import type { PanelContext, PanelView } from './panel.js';

/** The requests that the page makes; one that is chosen is shown whole. */
export function createNetwork({ source, clock, redraw }: PanelContext): PanelView {
  let onlyFailed = false;
  const list = new RecordList<NetworkEntry>(
    {
      label: 'Requests',
      key: ({ id }) => id,
      line: (entry) =>
        html`<span class="request">
          <span class="quiet">${format.timeOfDay(clock.toEpoch(entry.startTime))}</span>
          <span>${entry.method}</span>
          <code title=${entry.url}>${shortUrl(entry.url)}</code>
          ${status(entry)}
          <span class="number">${format.duration(entry.durationMs)}</span>
          <span class="number">${format.bytes(entry.responseBytes)}</span>
        </span>`,
      detail: requestText,
    },
    redraw,
  );
  const choose = ({ target }: Event) => {
    onlyFailed = target instanceof HTMLInputElement && target.checked;
    redraw();
  };
  return {
    render: () => {
      const figures = source.monitor?.getPerformanceStats().page.network;
      if (!figures) {
        const how = 'Give the overlay a PerformanceMonitor with collect: { network: true }.';
        return missing('Requests are not captured', how);
      }
      list.update(onlyFailed ? figures.recent.filter(isFailed) : figures.recent);
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
          <input type="checkbox" .checked=${onlyFailed} @change=${choose} />
          Only those that failed
        </label>
        ${list.template(onlyFailed ? 'None failed.' : 'None yet.')}
      `;
    },
    dispose: () => list.dispose(),
  };
}

function status(entry: NetworkEntry): unknown {
  if (entry.aborted) return html`<span><span class="tag">given up</span></span>`;
  const tone = entry.error || entry.status >= 500 ? 'bad' : entry.status >= 400 ? 'warning' : 'good';
  return html`<span><span class="tag" data-tone=${tone}>${entry.error?.name ?? (entry.status || entry.type)}</span></span>`;
}

/** What tells requests apart: the page's own origin goes without saying. */
const shortUrl = (url: string): string =>
  url.startsWith(`${location.origin}/`) ? url.slice(location.origin.length) : url;
