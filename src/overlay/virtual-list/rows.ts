import { guard } from '../../core/guard.js';
import type { RenderRow } from './virtual-list-options.js';

interface RowsOptions {
  /** Rows are put into it. */
  readonly host: HTMLElement;
  readonly role: 'listitem' | 'option';
  readonly renderRow: RenderRow;
  readonly onError: (cause: unknown) => void;
  /** Told of each element that becomes another row, and of each that is one no more. */
  readonly onRow: (row: HTMLElement, isShown: boolean) => void;
}

/** Which rows are in the page: each an element of its own, used again for another row when it goes out of view. */
export class Rows {
  readonly #options: RowsOptions;
  readonly #rows = new Map<number, HTMLElement>();
  readonly #indexes = new WeakMap<Element, number>();
  #spare: HTMLElement[] = [];
  #isSorted = true;

  constructor(options: RowsOptions) {
    this.#options = options;
  }

  get(index: number): HTMLElement | undefined {
    return this.#rows.get(index);
  }

  indexOf(row: Element): number | undefined {
    return this.#indexes.get(row);
  }

  /** Makes exactly the rows from `first` to before `end`, and puts each where `top` says. */
  show(first: number, end: number, count: number, top: (index: number) => number): void {
    for (const [index, row] of this.#rows) {
      if (index >= first && index < end) continue;
      this.#rows.delete(index);
      this.#spare.push(row);
    }
    for (let index = first; index < end; index++) {
      const row = this.#rows.get(index) ?? this.#make(index, count);
      row.style.transform = `translateY(${top(index)}px)`;
    }
    for (const row of this.#spare) {
      this.#options.onRow(row, false);
      row.remove();
    }
    this.#spare = [];
  }

  /** Fills rows that are shown again: what they show has changed. */
  refresh(from: number, end: number, count: number): void {
    for (const [index, row] of this.#rows) if (index >= from && index < end) this.#fill(row, index, count);
  }

  /** The rows were numbered anew: what was row `by` is row 0 now. */
  shift(by: number, count: number): void {
    const all = [...this.#rows];
    this.#rows.clear();
    for (const [index, row] of all) {
      if (index < by) {
        this.#spare.push(row);
        continue;
      }
      this.#rows.set(index - by, row);
      this.#number(row, index - by, count);
    }
  }

  /** Brings the elements into the rows' order, for screen readers and for the selection of text. */
  sort(): void {
    if (this.#isSorted) return;
    this.#isSorted = true;
    let after: Element | null = null;
    for (const index of [...this.#rows.keys()].sort((a, b) => b - a)) {
      const row = this.#rows.get(index);
      if (!row) continue;
      if (row.nextElementSibling !== after) this.#options.host.insertBefore(row, after);
      after = row;
    }
  }

  setCount(count: number): void {
    for (const row of this.#rows.values()) row.setAttribute('aria-setsize', String(count));
  }

  clear(): void {
    for (const row of [...this.#rows.values(), ...this.#spare]) row.remove();
    this.#rows.clear();
    this.#spare = [];
  }

  #make(index: number, count: number): HTMLElement {
    const used = this.#spare.pop();
    const row = used ?? document.createElement('div');
    if (!used) row.setAttribute('role', this.#options.role);
    this.#rows.set(index, row);
    this.#fill(row, index, count);
    const last = this.#options.host.lastElementChild;
    // In order only where the last one was added at the end.
    if (used || (last && (this.#indexes.get(last) ?? -1) > index)) this.#isSorted = false;
    if (!used) this.#options.host.append(row);
    this.#options.onRow(row, true);
    return row;
  }

  #fill(row: HTMLElement, index: number, count: number): void {
    this.#number(row, index, count);
    const { renderRow, onError } = this.#options;
    guard('renderRow', () => renderRow(row, index), onError);
  }

  #number(row: HTMLElement, index: number, count: number): void {
    this.#indexes.set(row, index);
    row.setAttribute('aria-posinset', String(index + 1));
    row.setAttribute('aria-setsize', String(count));
  }
}
