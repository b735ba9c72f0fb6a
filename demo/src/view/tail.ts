import type { TrafficEntry } from '../../feed/traffic-entry.js';
import type { Filter } from '../model/filter.js';
import { Ring } from '../model/ring.js';
import { byId } from './dom.js';
import { TailRow } from './tail-row.js';

/** Requests looked through when the filter changes. */
const KEPT = 2_000;
/** Matching requests kept: more than rows fit on any screen. */
const KEPT_MATCHING = 200;

export interface TailOptions {
  /** Called after each time that the list was written. */
  readonly onPaint: () => void;
  /** A request was chosen, or none any more. */
  readonly onChoose: (entry: TrafficEntry | undefined) => void;
}

/** The newest requests that match the filter: as many rows as fit, newest on top. */
export class Tail {
  readonly #grid = byId('tail', HTMLDivElement);
  readonly #body = byId('tail-rows', HTMLDivElement);
  readonly #empty = byId('tail-empty', HTMLParagraphElement);
  readonly #all = new Ring<TrafficEntry>(KEPT);
  readonly #matching = new Ring<TrafficEntry>(KEPT_MATCHING);
  readonly #options: TailOptions;
  readonly #rows: TailRow[] = [];
  #filter: Filter;
  #selected: TrafficEntry | undefined;

  /** Writes all rows. Bound, so that it is the same function at every request. */
  readonly paint: () => void = () => {
    this.#empty.hidden = this.#matching.size > 0 || this.#all.size === 0;
    let active = '';
    this.#rows.forEach((row, age) => {
      const entry = this.#matching.newest(age);
      const selected = entry !== undefined && entry === this.#selected;
      row.show(entry, selected);
      if (selected) active = row.element.id;
    });
    if (active) this.#grid.setAttribute('aria-activedescendant', active);
    else this.#grid.removeAttribute('aria-activedescendant');
    this.#options.onPaint();
  };

  constructor(filter: Filter, options: TailOptions) {
    this.#filter = filter;
    this.#options = options;
    new ResizeObserver(() => this.#fit()).observe(this.#body);
    this.#grid.addEventListener('keydown', (event) => this.#onKey(event));
    this.#body.addEventListener('pointerdown', ({ target }) => {
      const row = this.#rows.find(({ element }) => target instanceof Node && element.contains(target));
      if (row) this.#select(row.entry);
    });
  }

  /** Takes one request. @returns whether it matches, so whether there is something to paint */
  add(entry: TrafficEntry): boolean {
    this.#all.push(entry);
    if (!this.#filter.entry(entry)) return false;
    this.#matching.push(entry);
    return true;
  }

  setFilter(filter: Filter): void {
    this.#filter = filter;
    this.#matching.clear();
    for (let age = this.#all.size - 1; age >= 0; age--) {
      const entry = this.#all.newest(age);
      if (entry && filter.entry(entry)) this.#matching.push(entry);
    }
    this.paint();
  }

  clear(): void {
    this.#all.clear();
    this.#matching.clear();
    this.#select(undefined);
  }

  /** Keeps as many rows as fit whole. */
  #fit(): void {
    const rowHeight = Number.parseFloat(getComputedStyle(this.#body).getPropertyValue('--row-height'));
    const fitting = Math.min(KEPT_MATCHING, Math.max(1, Math.floor(this.#body.clientHeight / rowHeight)));
    while (this.#rows.length > fitting) this.#rows.pop()?.element.remove();
    while (this.#rows.length < fitting) {
      const row = new TailRow(`tail-row-${this.#rows.length}`);
      this.#rows.push(row);
      this.#body.append(row.element);
    }
    this.paint();
  }

  #onKey(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const from = this.#rows.findIndex(({ entry }) => entry !== undefined && entry === this.#selected);
    const to = from < 0 ? 0 : Math.min(this.#rows.length - 1, Math.max(0, from + step));
    this.#select(this.#rows[to]?.entry);
  }

  #select(entry: TrafficEntry | undefined): void {
    this.#selected = entry;
    this.paint();
    this.#options.onChoose(entry);
  }
}
