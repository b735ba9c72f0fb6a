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

/** One row that is in the page. */
interface Row {
  readonly element: HTMLElement;
  /** Where it was put last. */
  top: number;
}

/** Which rows are in the page: each an element of its own, used again for another row when it goes out of view. */
export class Rows {
  readonly #options: RowsOptions;
  readonly #rows = new Map<number, Row>();
  readonly #indexes = new WeakMap<Element, number>();
  #spare: Row[] = [];
  #isSorted = true;

  constructor(options: RowsOptions) {
    this.#options = options;
  }

  get(index: number): HTMLElement | undefined {
    return this.#rows.get(index)?.element;
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
      const at = top(index);
      if (at === row.top) continue;
      row.top = at;
      row.element.style.transform = `translateY(${at}px)`;
    }
    for (const { element } of this.#spare) {
      this.#options.onRow(element, false);
      element.remove();
    }
    this.#spare = [];
  }

  /** Fills rows that are shown again: what they show has changed. */
  refresh(from: number, end: number): void {
    for (const [index, { element }] of this.#rows) if (index >= from && index < end) this.#fill(element, index);
  }

  /** The rows were numbered anew: what was row `by` is row 0 now. */
  shift(by: number): void {
    const all = [...this.#rows];
    this.#rows.clear();
    for (const [index, row] of all) {
      if (index < by) {
        this.#spare.push(row);
        continue;
      }
      this.#rows.set(index - by, row);
      this.#number(row.element, index - by);
    }
  }

  /** Brings the elements into the rows' order, for screen readers and for the selection of text. */
  sort(): void {
    if (this.#isSorted) return;
    this.#isSorted = true;
    let after: Element | null = null;
    for (const index of [...this.#rows.keys()].sort((a, b) => b - a)) {
      const row = this.get(index);
      if (!row) continue;
      if (row.nextElementSibling !== after) this.#options.host.insertBefore(row, after);
      after = row;
    }
  }

  setCount(count: number): void {
    for (const { element } of this.#rows.values()) element.setAttribute('aria-setsize', String(count));
  }

  clear(): void {
    for (const { element } of [...this.#rows.values(), ...this.#spare]) element.remove();
    this.#rows.clear();
    this.#spare = [];
  }

  #make(index: number, count: number): Row {
    const { host, role, onRow } = this.#options;
    const last = host.lastElementChild;
    const row = this.#spare.pop() ?? { element: document.createElement('div'), top: Number.NaN };
    const { element } = row;
    const isNew = !element.parentNode;
    // In order only where it was added behind the one before.
    if (!isNew || (last && (this.#indexes.get(last) ?? -1) > index)) this.#isSorted = false;
    this.#rows.set(index, row);
    if (isNew) {
      element.setAttribute('role', role);
      element.setAttribute('aria-setsize', String(count));
    }
    this.#fill(element, index);
    if (isNew) host.append(element);
    onRow(element, true);
    return row;
  }

  #fill(row: HTMLElement, index: number): void {
    this.#number(row, index);
    const { renderRow, onError } = this.#options;
    guard('renderRow', () => renderRow(row, index), onError);
  }

  #number(row: HTMLElement, index: number): void {
    this.#indexes.set(row, index);
    row.setAttribute('aria-posinset', String(index + 1));
  }
}
