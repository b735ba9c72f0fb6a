import { html, nothing } from 'lit';
import { type Finding, findAll } from '../findings/index.js';
import * as format from '../ui/format.js';
import { statList, toneOf } from '../ui/parts.js';
import type { PanelContext, PanelView } from './panel.js';

const WINDOW_SECONDS = 5;

/** What is wrong now, in words, the worst first; then the figures that matter most. */
export function createOverview(context: PanelContext): PanelView {
  const { frames, clock, source } = context;
  return {
    render: () => {
      const findings = findAll(context);
      const recent = frames.summary(WINDOW_SECONDS, clock.now());
      return html`
        <p class="lead">${headline(findings)}</p>
        ${findings.length > 0 ? html`<div>${findings.map((finding) => findingBox(finding, context))}</div>` : nothing}
        ${statList([
          ...(source.monitor
            ? [
                {
                  label: 'Score',
                  value: format.count(source.monitor.getPerformanceStats().performanceScore),
                  note: 'of 100',
                },
              ]
            : []),
          { label: 'Frames a second', value: format.count(recent?.framesPerSecond) },
          { label: 'Longest frame', value: format.duration(recent?.longestMs), note: 'in five seconds' },
          ...(source.throttler
            ? [{ label: 'Updates a second', value: format.rate(source.throttler.stats.currentRate) }]
            : []),
          ...(source.memory
            ? [
                {
                  label: 'Entries',
                  value: format.count(source.memory.stats.entries),
                  note: format.bytes(source.memory.stats.bytes),
                },
              ]
            : []),
          ...(source.logs ? [{ label: 'Logged', value: format.count(source.logs.stats.entries) }] : []),
          ...(source.resources
            ? [{ label: 'Resources', value: format.count(source.resources.getReport().stats.active) }]
            : []),
        ])}
      `;
    },
  };
}

function headline([worst, ...others]: readonly Finding[]): string {
  if (!worst) return 'Nothing is wrong just now.';
  return others.length === 0 ? 'One thing is wrong.' : `${others.length + 1} things are wrong, the worst first.`;
}

const findingBox = ({ severity, title, blame, recommendation, panel }: Finding, { show }: PanelContext) =>
  html`<div class="finding" data-tone=${toneOf(severity)}>
    <strong>${title}</strong>
    ${blame ? html`<code class="blame">${blame}</code>` : nothing}
    <span>${recommendation}</span>
    <button type="button" class="action" aria-label="Show me: ${title}" @click=${() => show(panel)}>Show me</button>
  </div>`;
