import type { Milliseconds, MonotonicMs } from '../core/units.js';

/** What a throttler has done so far; the pill shows what came on top in the last second. */
export interface ThrottlerCounts {
  readonly executed: number;
  readonly throttled: number;
}

/** What is known of the last frames. */
export interface FrameFigures {
  readonly framesPerSecond: number | undefined;
  readonly longestMs: Milliseconds | undefined;
}

const ABSENT = '–';
/** Rates are taken over about this long, so that they don't flicker. */
const RATE_WINDOW_MS: Milliseconds = 1_000;

/** The pill's inside: figures with their labels, all of it text. */
export class PillFigures {
  readonly element: HTMLElement = document.createElement('div');
  readonly #fps = makeFigure('fps');
  readonly #longest = makeFigure('longest');
  readonly #updates = makeFigure('updates/s');
  readonly #throttled = makeFigure('throttled/s');
  #history: (ThrottlerCounts & { readonly time: MonotonicMs })[] = [];

  /** @param withUpdates whether there is a throttler to show. */
  constructor(withUpdates: boolean) {
    const { element } = this;
    element.setAttribute('part', 'pill');
    element.setAttribute('role', 'group');
    element.setAttribute('aria-label', 'poise: live figures. Arrow keys move this box, Home brings it back.');
    element.tabIndex = 0;
    element.append(this.#fps.element, this.#longest.element);
    if (withUpdates) element.append(this.#updates.element, this.#throttled.element);
  }

  show({ framesPerSecond, longestMs }: FrameFigures, counts: ThrottlerCounts | undefined, now: MonotonicMs): void {
    this.#fps.value.data = framesPerSecond === undefined ? ABSENT : framesPerSecond.toFixed(0);
    this.#longest.value.data = longestMs === undefined ? ABSENT : `${longestMs.toFixed(0)} ms`;
    if (counts) this.#showRates(counts, now);
  }

  #showRates({ executed, throttled }: ThrottlerCounts, now: MonotonicMs): void {
    // The newest reading that is old enough stays as the one to compare with.
    const past = this.#history.findLastIndex(({ time }) => now - time >= RATE_WINDOW_MS);
    this.#history = this.#history.slice(Math.max(0, past));
    const base = this.#history[0];
    this.#history.push({ time: now, executed, throttled });
    if (!base || now <= base.time) return;
    const perSecond = (count: number) => Math.round((1_000 * count) / (now - base.time)).toLocaleString('en');
    this.#updates.value.data = perSecond(executed - base.executed);
    this.#throttled.value.data = perSecond(throttled - base.throttled);
  }
}

function makeFigure(label: string): { readonly element: HTMLElement; readonly value: Text } {
  const element = document.createElement('span');
  const name = document.createElement('span');
  const figure = document.createElement('span');
  const value = document.createTextNode(ABSENT);
  element.className = 'figure';
  name.className = 'label';
  name.textContent = label;
  figure.className = 'value';
  figure.append(value);
  element.append(figure, name);
  return { element, value };
}
