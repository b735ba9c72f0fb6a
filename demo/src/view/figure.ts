import { span } from './dom.js';
import { Sparkline } from './sparkline.js';

export interface FigureOptions {
  readonly label: string;
  /** What the figure means, for a pointer and a screen reader. */
  readonly hint: string;
  /** The least upper end of the scale of its line. */
  readonly floor: number;
}

/** One key figure: a label, a number with its unit, and its last 15 seconds. */
export class Figure {
  readonly element = document.createElement('div');
  readonly #value = span('figure-value', undefined, '–');
  readonly #unit = span('figure-unit');
  readonly #line: Sparkline;

  constructor({ label, hint, floor }: FigureOptions) {
    this.#line = new Sparkline(floor);
    const heading = document.createElement('h2');
    heading.textContent = label;
    const text = document.createElement('p');
    text.append(this.#value, this.#unit);
    this.element.className = 'figure';
    this.element.title = hint;
    this.element.append(heading, text, this.#line.element);
  }

  /** @param tone 'bad' draws attention. */
  show(value: string, unit: string, sample: number, tone: 'plain' | 'bad' = 'plain'): void {
    this.#value.textContent = value;
    this.#unit.textContent = unit;
    this.element.dataset['tone'] = tone;
    this.#line.push(sample);
  }

  redraw(): void {
    this.#line.draw();
  }
}
