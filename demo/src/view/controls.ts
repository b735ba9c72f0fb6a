import { isSortColumn, type SortColumn } from '../model/sorting.js';
import { type DisplayMode, isDisplayMode } from '../painter.js';
import { byId } from './dom.js';
import { formatCount } from './format.js';
import { LAST_POSITION, positionOf, rateAt } from './rate-scale.js';

/** What the control strip sets. */
export interface ControlsListener {
  onRate(perSecond: number): void;
  onMode(mode: DisplayMode): void;
  onPaused(paused: boolean): void;
  onFilter(text: string): void;
  onSort(column: SortColumn): void;
}

/** The control strip. What it shows is what is set: setters update both. */
export class Controls {
  readonly #rate = byId('rate', HTMLInputElement);
  readonly #rateValue = byId('rate-value', HTMLOutputElement);
  readonly #modes = [...byId('modes', HTMLDivElement).querySelectorAll('input')];
  readonly #pause = byId('pause', HTMLButtonElement);
  readonly #filter = byId('filter', HTMLInputElement);
  readonly #sort = byId('sort', HTMLSelectElement);
  readonly #listener: ControlsListener;

  constructor(listener: ControlsListener) {
    this.#listener = listener;
    this.#rate.max = String(LAST_POSITION);
    this.#rate.addEventListener('input', () => this.#onRate());
    for (const input of this.#modes) input.addEventListener('change', () => this.setMode(input.value));
    this.#pause.addEventListener('click', () => this.togglePaused());
    this.#filter.addEventListener('input', () => listener.onFilter(this.#filter.value));
    this.#sort.addEventListener('change', () => {
      if (isSortColumn(this.#sort.value)) listener.onSort(this.#sort.value);
    });
  }

  /** A rate a second; the slider goes to the nearest place on its scale. */
  setRate(perSecond: number): void {
    this.#rate.value = String(positionOf(perSecond));
    this.#onRate();
  }

  stepRate(steps: number): void {
    this.#rate.value = String(Number(this.#rate.value) + steps);
    this.#onRate();
  }

  setMode(mode: string | undefined): void {
    if (!isDisplayMode(mode)) return;
    for (const input of this.#modes) input.checked = input.value === mode;
    this.#listener.onMode(mode);
  }

  /** The mode that stands at `index` on the strip. */
  setModeAt(index: number): void {
    this.setMode(this.#modes[index]?.value);
  }

  togglePaused(): void {
    const paused = this.#pause.ariaPressed !== 'true';
    this.#pause.ariaPressed = String(paused);
    this.#listener.onPaused(paused);
  }

  setFilter(text: string): void {
    this.#filter.value = text;
    this.#listener.onFilter(text);
  }

  focusFilter(): void {
    this.#filter.focus();
    this.#filter.select();
  }

  showSort(column: SortColumn): void {
    this.#sort.value = column;
  }

  #onRate(): void {
    const rate = rateAt(Number(this.#rate.value));
    this.#rateValue.textContent = `${formatCount(rate)}/s`;
    this.#rate.setAttribute('aria-valuetext', `${formatCount(rate)} requests a second`);
    this.#listener.onRate(rate);
  }
}
