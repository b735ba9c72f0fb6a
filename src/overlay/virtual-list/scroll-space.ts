/** Browsers clamp what is higher than some 17 (Firefox) to 33 million pixels (Chromium, WebKit); this is well below. */
const HIGHEST_PX = 8_000_000;
/** A scroll of at most this many views is the user's wheel or finger, and moves by as much; more is the scroll bar. */
const NEAR_VIEWS = 2;

/**
 * Maps the scroll bar onto rows that together may be higher than a browser lets an element be. Near scrolls move
 * the rows pixel by pixel, far ones (the scroll bar) in proportion; the two are brought together again at rest.
 */
export class ScrollSpace {
  #total = 0;
  #view = 0;
  #top = 0;
  #offset = 0;

  /** How high the scrolled element is to be. */
  get height(): number {
    return Math.min(this.#total, HIGHEST_PX);
  }

  /** How far down in the rows the view begins. */
  get offset(): number {
    return this.#offset;
  }

  get maxOffset(): number {
    return Math.max(0, this.#total - this.#view);
  }

  resize(total: number, view: number): void {
    this.#total = total;
    this.#view = view;
    this.#offset = Math.min(this.#offset, this.maxOffset);
  }

  /** Takes where the browser has scrolled to. */
  moved(top: number): void {
    const by = top - this.#top;
    this.#top = top;
    if (!this.#isScaled) this.#offset = top;
    else if (Math.abs(by) <= NEAR_VIEWS * this.#view) this.#offset = this.#clamp(this.#offset + by);
    else this.#offset = this.#clamp((top / this.#maxTop) * this.maxOffset);
  }

  /** Whether near scrolls have come to an end of the scroll bar that is not yet an end of the rows. */
  get isStuck(): boolean {
    if (!this.#isScaled) return false;
    const atStart = this.#top <= 0 && this.#offset > 0;
    return atStart || (this.#top >= this.#maxTop && this.#offset < this.maxOffset);
  }

  /** Goes to an offset. @returns where the browser has to scroll to */
  go(offset: number): number {
    this.#offset = this.#clamp(offset);
    this.#top = this.restingTop;
    return this.#top;
  }

  /** Where the browser's scroll position belongs for the offset as it is; different only after near scrolls. */
  get restingTop(): number {
    if (!this.#isScaled || this.maxOffset === 0) return this.#offset;
    const top = (this.#offset / this.maxOffset) * this.#maxTop;
    // The ends are for the first and the last row alone.
    if (this.#offset <= 0 || this.#offset >= this.maxOffset) return top;
    return Math.min(this.#maxTop - 1, Math.max(1, top));
  }

  /** Where a row lies in the scrolled element, its offset in the rows given. */
  place(offset: number): number {
    return this.#top + (offset - this.#offset);
  }

  get #isScaled(): boolean {
    return this.#total > HIGHEST_PX;
  }

  get #maxTop(): number {
    return Math.max(0, this.height - this.#view);
  }

  #clamp(offset: number): number {
    return Math.min(this.maxOffset, Math.max(0, offset));
  }
}
