import { html, nothing } from 'lit';
import type { CacheFigures } from '../overlay-source.js';
import * as format from '../ui/format.js';
import { action, missing, statList, table } from '../ui/parts.js';
import type { PanelContext, PanelView } from './panel.js';

/** What each cache holds and saves, and buttons that empty it. */
export function createCaches({ source, act }: PanelContext): PanelView {
  return {
    render: () => {
      const { caches } = source;
      if (!caches) return missing('No caches here', 'Give the overlay a CacheManager.');
      const stats = caches.getStats();
      const clear = (name?: string) =>
        act(() => {
          caches.clearCache?.(name);
          return name === undefined ? 'All caches are empty.' : `The cache ${name} is empty.`;
        });
      const rows = Object.entries(stats.caches);
      return html`
        ${caches.clearCache ? html`<div class="bar-row">${action('Empty all', () => clear())}</div>` : nothing}
        ${statList([
          { label: 'Hit rate', value: format.percent(asPercent(stats.hitRate)) },
          { label: 'Entries', value: format.count(stats.entries), note: format.bytes(stats.bytes) },
          {
            label: 'Evicted',
            value: format.count(stats.evictions),
            note: `${format.count(stats.expirations)} expired`,
          },
        ])}
        ${table<readonly [string, CacheFigures]>(
          'Caches',
          [
            { title: 'Name', cell: ([name]) => html`<code>${name}</code>` },
            { title: 'Hit rate', cell: ([, cache]) => format.percent(asPercent(cache.hitRate)), numeric: true },
            { title: 'Hits', cell: ([, cache]) => format.count(cache.hits), numeric: true },
            { title: 'Misses', cell: ([, cache]) => format.count(cache.misses), numeric: true },
            { title: 'Entries', cell: ([, cache]) => format.count(cache.entries), numeric: true },
            { title: 'Size', cell: ([, cache]) => format.bytes(cache.bytes), numeric: true },
            ...(caches.clearCache
              ? [
                  {
                    title: html`<span class="visually-hidden">Action</span>`,
                    cell: ([name]: readonly [string, CacheFigures]) =>
                      action('Empty', () => clear(name), `Empty the cache ${name}`),
                  },
                ]
              : []),
          ],
          rows,
          'No cache was made yet.',
        )}
      `;
    },
  };
}

const asPercent = (rate: number | undefined): number | undefined => (rate === undefined ? undefined : 100 * rate);
