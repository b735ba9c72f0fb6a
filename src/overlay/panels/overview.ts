import { html, nothing } from 'lit';
import { findAll } from '../findings/find.js';
import type { Finding } from '../findings/finding.js';
import * as format from '../ui/format.js';
import { statList, toneOf } from '../ui/parts.js';
import type { PanelContext, PanelView } from './panel.js';

const WINDOW_SECONDS = 5;

/** The figures that matter most, in one row; then what is wrong now, in words, the worst first. */
export function createOverview(context: PanelContext): PanelView {
  const { frames, clock, source } = context;
  return {
    render: () => {
      const findings = findAll(context);
      const recent = frames.summary(WINDOW_SECONDS, clock.now());
      return html`
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
          { label: 'Frames a second', value: format.count(recent?.framesPerSecond), note: 'that got through' },
          { label: 'Longest frame', value: format.duration(recent?.longestMs), note: `in ${WINDOW_SECONDS} seconds` },
          ...(source.throttler
            ? [
                {
                  label: 'Updates a second',
                  value: format.rate(source.throttler.stats.currentRate),
                  note: 'that were run',
                },
              ]
            : []),
        ])}
        <p class="lead">${headline(findings)}</p>
        <div>${findings.map((finding) => findingBox(finding, context))}</div>
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
