import { html, nothing, type TemplateResult } from 'lit';
import { BYTES_PER_MB } from '../../core/units.js';
import type { MemoryLeak, MemoryReport } from '../../memory/index.js';
import { TimeChart } from '../charts/time-chart.js';
import * as format from '../ui/format.js';
import { action, missing, statList, table, toneOf } from '../ui/parts.js';
import type { PanelContext, PanelView } from './panel.js';

/** The heap, the entries that are kept, and leaks with what to do about them. */
export function createMemory({ source, clock, act }: PanelContext): PanelView {
  const chart = new TimeChart(clock, {
    label: 'Heap and entries kept, in MB, over the last minute',
    series: [
      { label: 'heap, MB', color: '--accent', filled: true },
      { label: 'entries, MB', color: '--second' },
    ],
    format: format.rate,
  });
  const heapMb = () =>
    source.leaks?.getMemoryReport().currentMemoryMb ??
    inMb(source.monitor?.getPerformanceStats().page.heap?.latest?.usedBytes);
  const giveBack = async () => {
    const asked = await source.leaks?.optimizeMemory?.();
    const dropped = source.memory?.cleanup?.('serious') ?? 0;
    return `${format.plural((asked?.items ?? 0) + dropped, 'thing was', 'things were')} given back.`;
  };
  return {
    sample: () => chart.push(clock.now(), [heapMb(), inMb(source.memory?.stats.bytes)]),
    render: () => {
      const { memory, leaks } = source;
      if (!memory && !leaks) {
        return missing('No memory management here', 'Enable memory management or leak detection in the monitor.');
      }
      const report = leaks?.getMemoryReport();
      return html`
        ${memory?.cleanup || leaks?.optimizeMemory ? html`<div class="bar-row">${action('Give memory back', () => act(giveBack))}</div>` : nothing}
        ${statList([
          {
            label: 'Heap',
            value: format.bytes(inBytes(report?.currentMemoryMb)),
            note: report ? sourceOf(report) : undefined,
          },
          { label: 'Grown by', value: format.bytes(inBytes(report?.memoryGrowthMb)), note: 'since the start' },
          {
            label: 'Entries',
            value: format.count(memory?.stats.entries),
            note: memory && `of ${format.count(memory.stats.maxEntries)}, ${format.bytes(memory.stats.bytes)}`,
          },
          {
            label: 'Pressure',
            value: memory?.stats.pressure ?? report?.level ?? format.ABSENT,
            tone: toneOf(memory?.stats.pressure ?? report?.level),
          },
          {
            label: 'Bodies cut',
            value: format.count(memory?.stats.truncatedBodies),
            note: format.bytes(memory?.stats.truncatedBytes),
          },
          { label: 'Collections', value: format.count(report?.gcCollections), note: 'full ones that were noticed' },
        ])}
        ${chart.element} ${report ? leakList(report.leaks) : nothing} ${report ? components(report) : nothing}
      `;
    },
    dispose: () => chart.dispose(),
  };
}

const inMb = (bytes: number | undefined): number | undefined =>
  bytes === undefined ? undefined : bytes / BYTES_PER_MB;
const inBytes = (megabytes: number | undefined): number | undefined =>
  megabytes === undefined ? undefined : megabytes * BYTES_PER_MB;

const sourceOf = ({ source, memoryLimitMb }: MemoryReport): string =>
  source === 'unsupported'
    ? 'this browser does not tell'
    : `${source}${memoryLimitMb ? `, of ${format.bytes(inBytes(memoryLimitMb))}` : ''}`;

function leakList(leaks: readonly MemoryLeak[]): TemplateResult {
  if (leaks.length === 0) return html`<section><h3>Leaks</h3><p class="quiet">None was found.</p></section>`;
  return html`<section>
    <h3>Leaks</h3>
      ${leaks.map(
        ({
          severity,
          details,
          componentId,
          confidence,
          recommendations,
        }) => html`<div class="finding" data-tone=${toneOf(severity)}>
          <strong>${details}</strong>
          <code class="blame">${componentId}</code>
          ${recommendations.map((recommendation) => html`<span>${recommendation}</span>`)}
          <span class="quiet">${format.percent(100 * confidence)} sure</span>
        </div>`,
      )}
    </section>`;
}

const components = ({ components: all }: MemoryReport) =>
  table(
    'Tracked objects that live',
    [
      { title: 'Component', cell: ({ componentId }) => html`<code>${componentId}</code>` },
      { title: 'Alive', cell: ({ live }) => format.count(live), numeric: true },
    ],
    all.toSorted((a, b) => b.live - a.live).slice(0, 12),
    'Nothing is tracked: track(object, component) counts objects without keeping them alive.',
  );
