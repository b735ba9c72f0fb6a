import { html, nothing } from 'lit';
import { ThrottleMode } from '../../throttle/throttle-mode.js';
import { TimeChart } from '../charts/time-chart.js';
import { CounterRate } from '../counter-rate.js';
import * as format from '../ui/format.js';
import { missing, statList } from '../ui/parts.js';
import type { PanelContext, PanelView } from './panel.js';

/** What the throttler takes in, runs and saves; its mode can be changed. */
export function createUpdates({ source, clock, act }: PanelContext): PanelView {
  const chart = new TimeChart(clock, {
    label: 'Updates requested and run a second, over the last minute',
    series: [
      { label: 'requested a second', color: '--second' },
      { label: 'run a second', color: '--accent', filled: true },
    ],
    format: format.rate,
  });
  const requested = new CounterRate();
  const executed = new CounterRate();
  const choose = ({ target }: Event) => {
    const mode = Object.values(ThrottleMode).find((m) => target instanceof HTMLSelectElement && m === target.value);
    if (!mode) return;
    act(() => {
      source.throttler?.setMode?.(mode);
      return `The mode is ${mode} now.`;
    });
  };
  return {
    sample: () => {
      const stats = source.throttler?.stats;
      if (!stats) return;
      const now = clock.now();
      chart.push(now, [requested.record(stats.requested, now), executed.record(stats.executed, now)]);
    },
    render: () => {
      const { throttler } = source;
      if (!throttler) {
        const how = 'Give the overlay an UpdateThrottler, or enable update throttling in the monitor.';
        return missing('No throttler here', how);
      }
      const { stats, config } = throttler;
      const saved = stats.requested > 0 ? (100 * stats.coalesced) / stats.requested : undefined;
      return html`
        ${
          throttler.setMode
            ? html`<div class="bar-row">
                <label for="mode">Mode</label>
                <select id="mode" @change=${choose}>
                  ${Object.values(ThrottleMode).map((mode) => html`<option .selected=${mode === config.mode}>${mode}</option>`)}
                </select>
                <span class="quiet">at most ${format.rate(config.maxUpdatesPerSecond)} refreshes a second, just now ${format.rate(stats.rateLimit)}</span>
              </div>`
            : nothing
        }
        ${statList([
          {
            label: 'Run a second',
            value: format.rate(stats.currentRate),
            note: `${format.rate(stats.averageRate)} on average`,
          },
          { label: 'Saved', value: format.percent(saved), note: 'replaced by a newer one' },
          { label: 'Waiting', value: format.count(stats.pending) },
          {
            label: 'Request to run, p95',
            value: format.duration(stats.latency.p95),
            note: `p50 ${format.duration(stats.latency.p50)}`,
          },
          {
            label: 'Refused',
            value: format.count(stats.refused),
            tone: stats.refused > 0 ? 'warning' : 'neutral',
            note: `queue of ${format.count(config.maxQueueSize)}`,
          },
          { label: 'Failed', value: format.count(stats.failed), tone: stats.failed > 0 ? 'bad' : 'neutral' },
        ])}
        ${chart.element}
      `;
    },
    dispose: () => chart.dispose(),
  };
}
