import { html, nothing } from 'lit';
import type { Resource } from '../../resources/resource.js';
import { ResourceType } from '../../resources/resource-type.js';
import type { ResourcesPart } from '../overlay-source.js';
import * as format from '../ui/format.js';
import { action, missing, statList, table } from '../ui/parts.js';
import type { PanelContext, PanelView } from './panel.js';

/** What is registered, what would not end, and buttons that end it. */
export function createResources(context: PanelContext): PanelView {
  return {
    render: () => {
      const { resources } = context.source;
      if (resources) return render(resources, context);
      return missing(
        'No resources here',
        'Give the overlay a ResourceManager, or enable resource clean-up in the monitor.',
      );
    },
  };
}

function render(resources: ResourcesPart, { clock, act }: PanelContext) {
  const { stats, leastRecentlyUsed, failures } = resources.getReport();
  const clean = (type?: ResourceType) =>
    act(async () => `${format.plural((await resources.cleanup?.(type)) ?? 0, 'resource')} ended.`);
  const types = Object.values(ResourceType).filter((type) => stats.activeByType[type] > 0);
  return html`
    ${statList([
      { label: 'Active', value: format.count(stats.active), note: format.bytes(stats.bytesHeld) },
      { label: 'Ended', value: format.count(stats.cleaned), note: `${format.bytes(stats.bytesFreed)} freed` },
      { label: 'Collected', value: format.count(stats.collected), note: 'by the browser, before their end' },
      {
        label: 'Failed clean-ups',
        value: format.count(stats.failed),
        tone: stats.failed > 0 ? 'bad' : 'neutral',
        note: `${format.count(stats.timedOut)} timed out`,
      },
      {
        label: 'Temporary files',
        value: format.bytes(stats.temporaryBytes),
        note: stats.temporaryFiles === 'supported' ? undefined : stats.temporaryFiles,
      },
    ])}
    ${
      resources.cleanup && types.length > 0
        ? html`<div class="bar-row" role="group" aria-label="End resources">
            ${types.map((type) => action(`End ${type} (${format.count(stats.activeByType[type])})`, () => clean(type)))}
            ${types.length > 1 ? action('End all', () => clean()) : nothing}
          </div>`
        : nothing
    }
    ${table<Resource>(
      'Not used for the longest time',
      [
        { title: 'Id', cell: ({ id }) => html`<code>${id}</code>` },
        { title: 'Type', cell: ({ type, kind }) => `${type}, ${kind}` },
        {
          title: 'Unused for',
          cell: ({ lastAccessedAt }) => format.duration(clock.wallNow() - lastAccessedAt),
          numeric: true,
        },
        {
          title: 'Size',
          cell: ({ sizeBytes }) => (sizeBytes > 0 ? format.bytes(sizeBytes) : format.ABSENT),
          numeric: true,
        },
      ],
      leastRecentlyUsed,
      'Nothing is registered.',
    )}
    ${
      failures.length > 0
        ? table(
            'Would not end, newest first',
            [
              { title: 'Id', cell: ({ id }) => html`<code>${id}</code>` },
              { title: 'Why', cell: ({ error }) => error.message },
            ],
            failures.toReversed(),
            '',
          )
        : nothing
    }
  `;
}
