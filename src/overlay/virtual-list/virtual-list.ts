import { type Clock, SystemClock } from '../../core/clock.js';
import { Disposer, disposeSymbol, type Teardown } from '../../core/disposer.js';
import { checkArgument, nonNegativeInteger } from '../../core/validate.js';
import { dressHost } from './dress-host.js';
import { handleKey } from './list-keys.js';
import { MeasuredHeights } from './measured-heights.js';
import { FixedHeights, type RowHeights } from './row-heights.js';
import { Rows } from './rows.js';
import { ScrollSpace } from './scroll-space.js';
import { resolveVirtualListOptions, type VirtualListConfig, type VirtualListOptions } from './virtual-list-options.js';

/** Where a row is to come to lie. 'nearest' scrolls no further than it must. */
export type RowAlign = 'start' | 'center' | 'end' | 'nearest';

/** Without a scroll for this long the list is at rest; `scrollend` comes after each step of a script that scrolls. */
const REST_MS = 150;
/** Measuring a row may move others into view, which are measured in turn; more rounds than this settle at the next scroll. */
const MEASURING_ROUNDS = 4;

/**
 * A list of which only what is in view is in the page (seed 004: Virtual Scrolling): a million rows scroll as ten do.
 * Rows are children of the host, so the page's styles reach them; the host needs a height. Screen readers are told each
 * row's place and the number of all. Events on the host: `row-activate` (detail: the index; Enter, or a click, where it is
 * `selectable`), `range-change` (detail: first and end, exclusive) and `row-error` (detail: what `renderRow` threw).
 */
export class VirtualList implements Disposable {
  readonly host: HTMLElement;
  readonly #options: VirtualListOptions;
  readonly #clock: Clock;
  readonly #disposer = new Disposer();
  readonly #heights: RowHeights;
  readonly #scroll = new ScrollSpace();
  readonly #rows: Rows;
  /** As high as all rows together: what the browser scrolls. */
  readonly #space: HTMLElement;
  readonly #sizes: ResizeObserver;
  #view = 0;
  /** Where the browser had scrolled to, as far as is known. */
  #lastTop = 0;
  #first = 0;
  #end = 0;
  #active: number | undefined;
  #following: boolean;
  #cancelRest: Teardown | undefined;

  /**
   * Takes over `host`, which must have no children and no shadow root but that of a list before; disposing it gives the host
   * its attributes back. @throws ConfigError
   */
  constructor(host: HTMLElement, options: VirtualListConfig) {
    this.#options = resolveVirtualListOptions(options);
    const { rowHeight, measured, selectable, followTail, clock = new SystemClock() } = this.#options;
    this.host = host;
    this.#clock = clock;
    this.#following = followTail;
    this.#heights = measured ? new MeasuredHeights(rowHeight) : new FixedHeights(rowHeight);
    this.#sizes = new ResizeObserver((entries) => this.#onResize(entries));
    this.#rows = new Rows({
      host,
      role: selectable ? 'option' : 'listitem',
      renderRow: this.#options.renderRow,
      onError: (error) => this.#tell('row-error', error),
      onRow: (row, isShown) => {
        if (!measured) return;
        // Observed anew, it is told its size again even where the row before was as high.
        this.#sizes.unobserve(row);
        if (isShown) this.#sizes.observe(row);
      },
    });
    this.#space = dressHost(host, this.#options, this.#disposer);
    this.#disposer.listen(host, 'scroll', () => this.#onScroll(), { passive: true });
    this.#disposer.listen(host, 'keydown', (event) => {
      if (event instanceof KeyboardEvent) handleKey(event, this, selectable);
    });
    if (selectable) this.#disposer.listen(host, 'click', (event) => this.#onClick(event));
    this.#disposer.add(() => this.#rows.clear());
    this.#disposer.add(() => this.#cancelRest?.());
    this.#disposer.add(() => this.#sizes.disconnect());
    this.#sizes.observe(host);
    this.#view = host.clientHeight;
    this.rowCount = this.#options.rowCount;
  }

  get rowCount(): number {
    return this.#heights.count;
  }

  /** @throws ConfigError */
  set rowCount(count: number) {
    checkArgument('VirtualList', 'rowCount', count, nonNegativeInteger);
    this.#heights.resize(count);
    this.#rows.setCount(count);
    if (this.#active !== undefined && this.#active >= count) this.#setActive(undefined);
    this.#layOut();
  }

  /** The rows that are in the page, those beyond the edges of the view among them: the first, and the one after the last. */
  get range(): { readonly first: number; readonly end: number } {
    return { first: this.#first, end: this.#end };
  }

  /** The first row that can be seen, if by a part. */
  get firstInView(): number {
    return this.#heights.indexAt(this.#scroll.offset);
  }

  /** How many can be seen, in part or whole. */
  get rowsInView(): number {
    return this.#heights.indexAt(this.#scroll.offset + this.#view - 1) - this.firstInView + 1;
  }

  /** The active row; undefined where there is none. */
  get activeIndex(): number | undefined {
    return this.#active;
  }

  set activeIndex(index: number | undefined) {
    if (!this.#options.selectable || this.rowCount === 0) return;
    const active = index === undefined ? undefined : Math.min(this.rowCount - 1, Math.max(0, index));
    if (active !== undefined) this.scrollToRow(active, 'nearest');
    this.#setActive(active);
  }

  /** Whether the view follows the end as rows are added; `followTail` sets how it begins. */
  get isFollowing(): boolean {
    return this.#following;
  }

  /** What rows show has changed: those in view are filled again. */
  refresh(from = 0, end: number = this.rowCount): void {
    this.#rows.refresh(from, end);
  }

  /** The first rows are gone, as in a log that drops its oldest: what is in view stays where it is. */
  trimStart(rows: number): void {
    const gone = Math.min(rows, this.rowCount);
    if (gone === 0) return;
    const height = this.#heights.offsetOf(gone);
    this.#heights.trimStart(gone);
    this.#rows.shift(gone);
    this.#rows.setCount(this.rowCount);
    if (this.#active !== undefined) this.#setActive(this.#active < gone ? undefined : this.#active - gone);
    this.#first = Math.max(0, this.#first - gone);
    this.#end = Math.max(0, this.#end - gone);
    this.#layOut(-height);
  }

  /** Brings a row into view. */
  scrollToRow(index: number, align: RowAlign = 'nearest'): void {
    const row = Math.min(this.rowCount - 1, Math.max(0, index));
    for (let round = 0; round < MEASURING_ROUNDS; round++) {
      const offset = this.#offsetFor(row, align);
      if (Math.abs(offset - this.#scroll.offset) < 1) return;
      this.#goTo(offset);
    }
  }

  /** Tells the host that the active row is meant. */
  activate(): void {
    if (this.#active !== undefined) this.#tell('row-activate', this.#active);
  }

  [disposeSymbol](): void {
    this.#disposer.dispose();
  }

  #offsetFor(row: number, align: RowAlign): number {
    const top = this.#heights.offsetOf(row);
    const bottom = this.#heights.offsetOf(row + 1);
    const { offset } = this.#scroll;
    const atEnd = bottom - this.#view;
    if (align === 'start' || (align === 'nearest' && top < offset)) return top;
    if (align === 'center') return (top + atEnd) / 2;
    return align === 'end' || atEnd > offset ? atEnd : offset;
  }

  /** The number or the height of the rows has changed; what was in view moves by `shift` with them. */
  #layOut(shift = 0): void {
    // The browser may have scrolled already and not told yet.
    if (this.host.scrollTop !== this.#lastTop) this.#onMoved();
    const offset = this.#scroll.offset + shift;
    this.#scroll.resize(this.#heights.total, this.#view);
    this.#space.style.height = `${this.#scroll.height}px`;
    this.#goTo(this.#following ? this.#scroll.maxOffset : offset);
  }

  #goTo(offset: number): void {
    const top = this.#scroll.go(offset);
    if (Math.abs(this.#lastTop - top) >= 1) {
      this.host.scrollTop = top;
      // What the browser made of it, which may round.
      this.#lastTop = this.host.scrollTop;
    }
    this.#render();
  }

  #onMoved(): void {
    this.#lastTop = this.host.scrollTop;
    this.#scroll.moved(this.#lastTop);
    this.#following = this.#options.followTail && this.#scroll.offset >= this.#scroll.maxOffset - 1;
  }

  #onScroll(): void {
    if (this.host.scrollTop !== this.#lastTop) this.#onMoved();
    this.#cancelRest?.();
    this.#cancelRest = this.#clock.setTimer(() => this.#rest(), REST_MS);
    if (this.#scroll.isStuck) this.#goTo(this.#scroll.offset);
    else this.#render();
  }

  /** Nothing moves: the scroll bar is brought to where the rows are, and the elements into their order. */
  #rest(): void {
    this.#cancelRest = undefined;
    // The browser has scrolled and not told yet: that is no rest, and is not to be undone.
    if (this.host.scrollTop !== this.#lastTop) return this.#onScroll();
    if (Math.abs(this.#lastTop - this.#scroll.restingTop) >= 1) this.#goTo(this.#scroll.offset);
    this.#rows.sort();
  }

  #render(): void {
    const { count } = this.#heights;
    const { overscan } = this.#options;
    const { offset } = this.#scroll;
    let [first, end] = [0, 0];
    if (count > 0 && this.#view > 0) {
      first = Math.max(0, this.#heights.indexAt(offset) - overscan);
      end = Math.min(count, this.#heights.indexAt(offset + this.#view) + 1 + overscan);
      // As many as before where one less would do: an element that stays need not be made again in the next frame.
      if (end - first === this.#end - this.#first - 1) end = Math.min(count, end + 1);
    }
    this.#rows.show(first, end, count, (index) => this.#scroll.place(this.#heights.offsetOf(index)));
    if (first === this.#first && end === this.#end) return;
    this.#first = first;
    this.#end = end;
    this.#markActive();
    if (!this.#cancelRest) this.#rows.sort();
    this.#tell('range-change', { first, end });
  }

  #onResize(entries: readonly ResizeObserverEntry[]): void {
    let anchorMoved = 0;
    const anchor = this.#heights.indexAt(this.#scroll.offset);
    for (const { target, borderBoxSize } of entries) {
      if (target === this.host) {
        this.#view = this.host.clientHeight;
        continue;
      }
      const index = this.#rows.indexOf(target);
      const height = borderBoxSize[0]?.blockSize ?? 0;
      if (index === undefined || height === 0) continue;
      const change = this.#heights.measured(index, height);
      if (index < anchor) anchorMoved += change;
    }
    // What is in view stays where it is when rows above it turn out higher or lower.
    this.#layOut(anchorMoved);
  }

  #onClick(event: Event): void {
    const row = event.composedPath().find((target) => target instanceof Element && target.parentNode === this.host);
    const index = row instanceof Element ? this.#rows.indexOf(row) : undefined;
    if (index === undefined) return;
    this.#setActive(index);
    this.activate();
  }

  #setActive(index: number | undefined): void {
    this.#active = index;
    this.#markActive();
  }

  /** The active row's element, which changes as rows go out of view and come back. */
  #markActive(): void {
    if (!this.#options.selectable) return;
    const id = `${this.host.id || 'poise-list'}-active`;
    for (const stale of this.host.querySelectorAll(':scope > [aria-selected]')) {
      stale.removeAttribute('aria-selected');
      stale.removeAttribute('id');
    }
    const row = this.#active === undefined ? undefined : this.#rows.get(this.#active);
    row?.setAttribute('aria-selected', 'true');
    row?.setAttribute('id', id);
    if (row) this.host.setAttribute('aria-activedescendant', id);
    else this.host.removeAttribute('aria-activedescendant');
  }

  #tell(type: string, detail: unknown): void {
    this.host.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
