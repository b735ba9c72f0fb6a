import type { LogStats } from 'poise/logs';
import { byId, span } from '../view/dom.js';
import { formatBytes, formatCount } from '../view/format.js';

interface Figure {
  readonly label: string;
  readonly hint: string;
  readonly read: (stats: LogStats) => string;
  readonly isBad?: (stats: LogStats) => boolean;
}

const FIGURES: readonly Figure[] = [
  { label: 'Entries', hint: 'Requests kept, by all tabs together', read: ({ entries }) => formatCount(entries) },
  {
    label: 'Segments',
    hint: 'Runs of entries: sealed, compressed and removed as one',
    read: ({ segments }) => formatCount(segments),
  },
  {
    label: 'Stored',
    hint: 'Bytes, sealed segments as compressed',
    read: ({ bytesStored }) => formatBytes(bytesStored),
  },
  {
    label: 'Compression',
    hint: 'Of sealed segments',
    read: ({ compressionRatio }) => (compressionRatio === undefined ? '–' : `${compressionRatio.toFixed(1)} : 1`),
  },
  {
    label: 'Lost',
    hint: 'Entries that could not be kept',
    read: ({ dropped }) => formatCount(dropped),
    isBad: ({ dropped }) => dropped > 0,
  },
  {
    label: 'Kept',
    hint: 'Whether the log survives this page',
    read: ({ persistent }) => (persistent ? 'on disk' : 'in memory'),
    isBad: ({ persistent }) => !persistent,
  },
];

/** What the log holds, in six figures. */
export class LogFigures {
  readonly #cells = FIGURES.map((figure) => ({ figure, cell: makeCell(figure) }));

  constructor() {
    byId('figures', HTMLElement).append(...this.#cells.map(({ cell }) => cell.element));
  }

  show(stats: LogStats): void {
    for (const { figure, cell } of this.#cells) {
      cell.value.textContent = figure.read(stats);
      cell.element.dataset['tone'] = figure.isBad?.(stats) ? 'bad' : 'plain';
    }
  }
}

function makeCell({ label, hint }: Figure) {
  const element = document.createElement('div');
  const heading = document.createElement('h2');
  const text = document.createElement('p');
  const value = span('figure-value', undefined, '–');
  element.className = 'figure';
  element.title = hint;
  heading.textContent = label;
  text.append(value);
  element.append(heading, text);
  return { element, value };
}
