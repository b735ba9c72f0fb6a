import { html, nothing, render, type TemplateResult } from 'lit';
import { disposeSymbol } from '../../core/disposer.js';
import { VirtualList } from '../virtual-list/virtual-list.js';

export interface RecordListOptions<Item> {
  /** What screen readers call it. */
  readonly label: string;
  /** Tells one item from another. */
  readonly key: (item: Item) => string;
  /** An item on one line; what is too long is cut by the style. */
  readonly line: (item: Item) => TemplateResult;
  /** All of an item, as text: shown when it is chosen. */
  readonly detail: (item: Item) => string;
}

const ROW_PX = 24;

/** Hundreds of items, one a line, the newest at the end and in view until the user scrolls; Enter or a click shows all of one. */
export class RecordList<Item> {
  readonly #options: RecordListOptions<Item>;
  readonly #host = document.createElement('div');
  readonly #list: VirtualList;
  readonly #redraw: () => void;
  #items: readonly Item[] = [];
  #chosen: Item | undefined;

  /** @param redraw called when the user has chosen an item, or has closed it */
  constructor(options: RecordListOptions<Item>, redraw: () => void) {
    this.#options = options;
    this.#redraw = redraw;
    this.#host.className = 'records';
    this.#list = new VirtualList(this.#host, {
      label: options.label,
      rowHeight: ROW_PX,
      selectable: true,
      followTail: true,
      renderRow: (row, index) => {
        const item = this.#items[index];
        render(item === undefined ? nothing : options.line(item), row);
      },
    });
    this.#host.addEventListener('row-activate', () => {
      const { activeIndex } = this.#list;
      this.#chosen = activeIndex === undefined ? undefined : this.#items[activeIndex];
      redraw();
      // The detail stands below the list.
      const panel = this.#host.closest('.panel');
      panel?.scrollTo(0, panel.scrollHeight);
    });
  }

  /** Takes the items as they are now, the oldest first. Those in view stay where they are when older ones have gone. */
  update(items: readonly Item[]): void {
    const { key } = this.#options;
    const before = this.#items;
    const first = items[0];
    const gone = first === undefined ? before.length : before.findIndex((item) => key(item) === key(first));
    const kept = gone < 0 ? [] : before.slice(gone);
    const isContinued =
      kept.length > 0 && kept.length <= items.length && kept.every((item, at) => isSame(item, items[at], key));
    this.#items = items;
    if (!isContinued) {
      this.#list.activeIndex = undefined;
      this.#list.rowCount = items.length;
      this.#list.refresh();
      return;
    }
    this.#list.trimStart(gone);
    if (items.length > kept.length) this.#list.rowCount = items.length;
  }

  /** The list, and the item that was chosen. `empty` is said where there are none. */
  template(empty: string): TemplateResult {
    const { label, detail } = this.#options;
    if (this.#items.length === 0) return html`<p class="quiet">${empty}</p>`;
    const close = () => {
      this.#chosen = undefined;
      this.#redraw();
      this.#host.focus();
    };
    return html`${this.#host}
    ${
      this.#chosen === undefined
        ? nothing
        : html`<section class="chosen">
            <pre tabindex="0" aria-label="${label}: the one chosen">${detail(this.#chosen)}</pre>
            <button type="button" class="action" @click=${close}>Close</button>
          </section>`
    }`;
  }

  dispose(): void {
    this.#list[disposeSymbol]();
  }
}

const isSame = <Item>(item: Item, other: Item | undefined, key: (item: Item) => string): boolean =>
  other !== undefined && key(item) === key(other);
