import { disposeSymbol } from '../../core/disposer.js';
import { type RowAlign, VirtualList } from './virtual-list.js';
import type { RenderRow, VirtualListConfig } from './virtual-list-options.js';

/** `<poise-virtual-list>`: a `VirtualList` as an element. It works while it is in the page. */
export interface VirtualListElement extends HTMLElement {
  /** Fills a row. Nothing is shown before it is set. */
  renderRow: RenderRow | undefined;
  rowCount: number;
  /** Everything else; taken when the element comes into the page. */
  options: Omit<VirtualListConfig, 'renderRow' | 'rowCount'>;
  /** The list, while the element is in the page and has a `renderRow`. */
  readonly list: VirtualList | undefined;
  scrollToRow(index: number, align?: RowAlign): void;
  refresh(): void;
}

/** Defines the element, once, under this name. Elements that are in the page already come alive. */
export function defineVirtualList(name = 'poise-virtual-list'): void {
  // Made here, since there is no HTMLElement where poise is imported without a page.
  if (!customElements.get(name)) customElements.define(name, makeElementClass());
}

function makeElementClass(): CustomElementConstructor {
  return class extends HTMLElement implements VirtualListElement {
    #renderRow: RenderRow | undefined;
    #rowCount = 0;
    #list: VirtualList | undefined;
    options: Omit<VirtualListConfig, 'renderRow' | 'rowCount'> = {};

    get list(): VirtualList | undefined {
      return this.#list;
    }

    get renderRow(): RenderRow | undefined {
      return this.#renderRow;
    }

    set renderRow(renderRow: RenderRow | undefined) {
      this.#renderRow = renderRow;
      this.#close();
      this.#open();
    }

    get rowCount(): number {
      return this.#rowCount;
    }

    set rowCount(count: number) {
      this.#rowCount = count;
      if (this.#list) this.#list.rowCount = count;
    }

    connectedCallback(): void {
      this.#open();
    }

    disconnectedCallback(): void {
      this.#close();
    }

    scrollToRow(index: number, align?: RowAlign): void {
      this.#list?.scrollToRow(index, align);
    }

    refresh(): void {
      this.#list?.refresh();
    }

    #open(): void {
      if (this.#list || !this.isConnected || !this.#renderRow) return;
      this.#list = new VirtualList(this, {
        ...this.options,
        renderRow: this.#renderRow,
        rowCount: this.#rowCount,
      });
    }

    #close(): void {
      this.#list?.[disposeSymbol]();
      this.#list = undefined;
    }
  };
}
