import { VirtualList } from 'poise/overlay';
import type { TrafficEntry } from '../../feed/traffic-entry.js';
import type { Filter } from '../model/filter.js';
import { History } from '../model/history.js';
import { byId } from './dom.js';
import { TailRow } from './tail-row.js';

export interface TailOptions {
  /** Called after each time that the list was written. */
  readonly onPaint: () => void;
  /** A request was chosen, or none any more. */
  readonly onChoose: (entry: TrafficEntry | undefined) => void;
}

/** Up to a million requests that match the filter, newest at the end; only those in view are in the page. */
export class Tail {
  readonly history: History;
  readonly #body = byId('tail-rows', HTMLDivElement);
  readonly #empty = byId('tail-empty', HTMLParagraphElement);
  readonly #rows = new WeakMap<HTMLElement, TailRow>();
  readonly #list: VirtualList;
  readonly #options: TailOptions;

  /** Brings the list up to date. Bound, so that it is the same function at every request. */
  readonly paint: () => void = () => {
    const { history } = this;
    this.#list.trimStart(history.takeTrimmed());
    this.#list.rowCount = history.size;
    this.#empty.hidden = history.size > 0 || history.entries.size === 0;
    this.#options.onPaint();
  };

  constructor(filter: Filter, options: TailOptions) {
    this.history = new History(filter);
    this.#options = options;
    this.#list = new VirtualList(this.#body, {
      rowHeight: Number.parseFloat(getComputedStyle(this.#body).getPropertyValue('--row-height')),
      followTail: true,
      selectable: true,
      label: 'Requests, newest last',
      renderRow: (row, index) => this.#rowFor(row).show(this.history.at(index)),
    });
    this.#body.addEventListener('row-activate', (event) => {
      if (event instanceof CustomEvent) options.onChoose(this.history.at(event.detail));
    });
  }

  /** Takes one request. @returns whether it matches, so whether there is something to paint */
  add(entry: TrafficEntry): boolean {
    return this.history.add(entry);
  }

  setFilter(filter: Filter): void {
    void this.history.setFilter(filter, () => {
      this.paint();
      this.#list.refresh();
    });
  }

  clear(): void {
    this.history.clear();
    this.#options.onChoose(undefined);
    this.paint();
  }

  #rowFor(element: HTMLElement): TailRow {
    const row = this.#rows.get(element) ?? new TailRow(element);
    this.#rows.set(element, row);
    return row;
  }
}
