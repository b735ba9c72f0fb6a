import type { Endpoint } from '../model/endpoint.js';
import type { Filter } from '../model/filter.js';
import { isSortColumn, type Sorting, sortEndpoints } from '../model/sorting.js';
import { byId } from './dom.js';
import { EndpointRow } from './endpoint-row.js';

const MAX_ROWS = 100;

export interface EndpointTableOptions {
  /** Called after each row that was written. */
  readonly onPaint: () => void;
  readonly onSort: (column: Sorting['column']) => void;
  /** A row was chosen. */
  readonly onChoose: (endpoint: Endpoint) => void;
}

/** The busiest endpoints, one keyed row each. */
export class EndpointTable {
  readonly #body = byId('endpoint-rows', HTMLDivElement);
  readonly #columns = byId('endpoint-columns', HTMLDivElement);
  readonly #options: EndpointTableOptions;
  #rows = new Map<Endpoint, EndpointRow>();

  constructor(options: EndpointTableOptions) {
    this.#options = options;
    this.#makeColumns();
    this.#body.addEventListener('keydown', (event) => this.#onKey(event));
    this.#body.addEventListener('click', ({ target }) => this.#choose(target));
  }

  get size(): number {
    return this.#rows.size;
  }

  get rows(): Iterable<EndpointRow> {
    return this.#rows.values();
  }

  /** The endpoint's row, while it is among those shown. */
  rowOf(endpoint: Endpoint): EndpointRow | undefined {
    return this.#rows.get(endpoint);
  }

  /** Chooses and orders the rows anew: keeps the ones that stay, and moves only those whose place changed. */
  arrange(endpoints: Iterable<Endpoint>, filter: Filter, sorting: Sorting): void {
    const now = performance.now();
    const matching = filter.text === '' ? endpoints : [...endpoints].filter((endpoint) => filter.endpoint(endpoint));
    const previous = this.#rows;
    this.#rows = new Map();
    for (const endpoint of sortEndpoints(matching, sorting, now).slice(0, MAX_ROWS)) {
      const row = previous.get(endpoint) ?? this.#makeRow(endpoint);
      this.#rows.set(endpoint, row);
      previous.delete(endpoint);
    }
    for (const row of previous.values()) row.element.remove();
    this.#place();
    this.#markSorting(sorting);
  }

  #makeRow(endpoint: Endpoint): EndpointRow {
    const row = new EndpointRow(endpoint, this.#options.onPaint);
    row.paint();
    return row;
  }

  /** Moving an element takes its focus away, so the focused row is given it back. */
  #place(): void {
    const focused = document.activeElement;
    let at = this.#body.firstElementChild;
    for (const { element } of this.#rows.values()) {
      if (element === at) at = at.nextElementSibling;
      else this.#body.insertBefore(element, at);
    }
    if (focused instanceof HTMLElement && focused !== document.activeElement && this.#body.contains(focused))
      focused.focus({ preventScroll: true });
    if (!this.#body.querySelector('[tabindex="0"]')) this.#body.firstElementChild?.setAttribute('tabindex', '0');
  }

  #makeColumns(): void {
    const columns = [
      { column: 'path', label: 'Path', className: 'path' },
      { column: 'count', label: 'Requests', className: 'number' },
      { column: 'rate', label: 'Req/s', className: 'number' },
      { column: 'bytes', label: 'Bytes', className: 'number bytes' },
      { column: 'errors', label: 'Status', className: 'mix' },
      { column: 'lastSeen', label: 'Seen', className: 'number seen' },
    ];
    for (const { column, label, className } of columns) {
      const header = document.createElement('span');
      header.className = className;
      header.setAttribute('role', 'columnheader');
      header.dataset['column'] = column;
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = label;
      button.addEventListener('click', () => {
        if (isSortColumn(column)) this.#options.onSort(column);
      });
      header.append(button);
      this.#columns.append(header);
    }
  }

  #markSorting({ column, descending }: Sorting): void {
    for (const header of this.#columns.querySelectorAll<HTMLElement>('[data-column]')) {
      const sorted = header.dataset['column'] === column;
      header.setAttribute('aria-sort', sorted ? (descending ? 'descending' : 'ascending') : 'none');
    }
  }

  #onKey(event: KeyboardEvent): void {
    const row = event.target instanceof Element ? event.target.closest('.row') : null;
    if (!row || !this.#body.contains(row)) return;
    if (event.key === 'Enter') return this.#choose(row);
    const next = {
      ArrowDown: row.nextElementSibling,
      ArrowUp: row.previousElementSibling,
      Home: this.#body.firstElementChild,
      End: this.#body.lastElementChild,
    }[event.key];
    if (!(next instanceof HTMLElement)) return;
    event.preventDefault();
    row.setAttribute('tabindex', '-1');
    next.tabIndex = 0;
    next.focus();
  }

  #choose(target: EventTarget | null): void {
    for (const [endpoint, { element }] of this.#rows) {
      if (target instanceof Node && element.contains(target)) return this.#options.onChoose(endpoint);
    }
  }
}
