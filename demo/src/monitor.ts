import type { TrafficEntry } from '../feed/traffic-entry.js';
import { createFilter, type Filter } from './model/filter.js';
import type { History } from './model/history.js';
import { SortColumn, type Sorting, startsDescending } from './model/sorting.js';
import { Traffic } from './model/traffic.js';
import type { Painter } from './painter.js';
import { Detail } from './view/detail.js';
import { byId } from './view/dom.js';
import { EndpointTable } from './view/endpoint-table.js';
import { formatCount } from './view/format.js';
import { Tail } from './view/tail.js';

/** The list that a person reads first is painted first; what only ages waits. */
const Priority = { TAIL: 1, ROW: 0, AGE: -1 } as const;
const TAIL_KEY = 'tail';
/** Rows change their places this often, so that they can be read; ages and rates are brought up to date as often. */
const ARRANGE_INTERVAL_MS = 1_000;

export interface MonitorOptions {
  readonly painter: Painter;
  readonly onSort: (sorting: Sorting) => void;
  readonly onFilter: (text: string) => void;
}

/** Takes the traffic in, and asks the painter for what has to be painted because of it. */
export class Monitor {
  readonly #painter: Painter;
  readonly #options: MonitorOptions;
  readonly #traffic = new Traffic();
  readonly #table: EndpointTable;
  readonly #tail: Tail;
  readonly #endpointsNote = byId('endpoints-note', HTMLParagraphElement);
  readonly #tailNote = byId('tail-note', HTMLParagraphElement);
  readonly #empty = byId('endpoints-empty', HTMLParagraphElement);
  #filter: Filter = createFilter('');
  #sorting: Sorting = { column: SortColumn.COUNT, descending: true };
  #paused = false;
  #received = 0;
  #receivedAtPause = 0;

  constructor(options: MonitorOptions) {
    const { painter, onFilter } = options;
    const detail = new Detail();
    this.#options = options;
    this.#painter = painter;
    this.#table = new EndpointTable({
      onPaint: painter.countPaint,
      onSort: (column) => this.sortBy(column, true),
      onChoose: ({ path }) => onFilter(this.#filter.text === path ? '' : path),
    });
    this.#tail = new Tail(this.#filter, { onPaint: painter.countPaint, onChoose: (entry) => detail.show(entry) });
    this.#arrange();
    setInterval(() => this.#onInterval(), ARRANGE_INTERVAL_MS);
  }

  /** The requests that the list holds. */
  get history(): History {
    return this.#tail.history;
  }

  /** Requests taken in so far. */
  get received(): number {
    return this.#received;
  }

  receive(entries: readonly TrafficEntry[]): void {
    const now = performance.now();
    const isFirst = this.#received === 0;
    for (const entry of entries) {
      const endpoint = this.#traffic.add(entry, now);
      const inTail = this.#tail.add(entry);
      this.#received++;
      if (this.#paused) continue;
      const row = this.#table.rowOf(endpoint);
      if (row) this.#painter.request(endpoint.path, row.paint, Priority.ROW);
      if (inTail) this.#painter.request(TAIL_KEY, this.#tail.paint, Priority.TAIL);
    }
    if (isFirst) this.#arrange();
  }

  setPaused(paused: boolean): void {
    this.#paused = paused;
    this.#receivedAtPause = this.#received;
    if (!paused) this.#repaint();
    this.#writeNotes();
  }

  setFilter(text: string): void {
    this.#filter = createFilter(text);
    this.#tail.setFilter(this.#filter);
    this.#arrange();
  }

  /** @param toggle turns the order round when the column is the one sorted by. */
  sortBy(column: SortColumn, toggle: boolean): void {
    const turned = toggle && this.#sorting.column === column;
    this.#sorting = { column, descending: turned ? !this.#sorting.descending : startsDescending(column) };
    this.#options.onSort(this.#sorting);
    this.#arrange();
  }

  /** Forgets all traffic, as the feed has another source. */
  clear(): void {
    this.#traffic.clear();
    this.#tail.clear();
    this.#arrange();
  }

  #onInterval(): void {
    if (this.#paused || document.hidden) return this.#writeNotes();
    this.#arrange();
    for (const row of this.#table.rows) this.#painter.request(row.endpoint.path, row.paint, Priority.AGE);
  }

  #repaint(): void {
    this.#arrange();
    for (const row of this.#table.rows) row.paint();
    this.#tail.paint();
  }

  #arrange(): void {
    this.#table.arrange(this.#traffic.endpoints, this.#filter, this.#sorting);
    this.#writeNotes();
  }

  #writeNotes(): void {
    const { size } = this.#traffic;
    const shown = this.#table.size;
    this.#endpointsNote.textContent =
      shown === size ? `${formatCount(size)} paths` : `${formatCount(shown)} of ${formatCount(size)} paths`;
    this.#empty.hidden = shown > 0;
    this.#empty.textContent = size === 0 ? 'Waiting for the first request.' : 'No path matches the filter.';
    const { size: shownInTail } = this.#tail.history;
    const waiting = `Paused, ${formatCount(this.#received - this.#receivedAtPause)} more since`;
    this.#tailNote.textContent = this.#paused
      ? waiting
      : `${formatCount(shownInTail)} in the list, ${formatCount(this.#received)} in all`;
  }
}
