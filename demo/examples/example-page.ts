/** One measured way of doing the same. */
export interface Bar {
  readonly name: string;
  readonly ms: number;
  /** Whether it is poise's. */
  readonly own: boolean;
}

/** What a run has shown. */
export interface Outcome {
  readonly bars: readonly Bar[];
  readonly checks: readonly { readonly text: string; readonly holds: boolean }[];
  readonly facts: readonly (readonly [name: string, value: string])[];
}

const time = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
/** A time for reading: three digits are enough. */
export const inMs = (ms: number): string => `${ms < 0.01 ? 'under 0.01' : time.format(ms)} ms`;
/** What a figure that may be missing reads like. */
export const inPercent = (percent: number | undefined): string =>
  percent === undefined ? 'not measured' : `${time.format(percent)} %`;

function find<T extends HTMLElement>(id: string, type: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`the page has no ${id}`);
  return element;
}

/** Runs the example when the page opens and at each press of the button, and shows what came of it. */
export function showExample(run: () => Promise<Outcome>): void {
  const button = find('run', HTMLButtonElement);
  const state = find('state', HTMLElement);
  const once = async () => {
    button.disabled = true;
    state.textContent = 'Running';
    try {
      const outcome = await run();
      show(outcome);
      const failed = outcome.checks.filter(({ holds }) => !holds).length;
      state.textContent = failed === 0 ? 'Done: everything holds' : `Done: ${failed} of the checks failed`;
    } catch (error) {
      state.textContent = `Failed: ${error instanceof Error ? error.message : String(error)}`;
    }
    button.disabled = false;
  };
  button.addEventListener('click', () => void once());
  void once();
}

function show({ bars, checks, facts }: Outcome): void {
  const longest = Math.max(...bars.map(({ ms }) => ms));
  find('bars', HTMLElement).replaceChildren(...bars.map((bar) => barRow(bar, longest)));
  find('checks', HTMLElement).replaceChildren(
    ...checks.map(({ text, holds }) => {
      const item = make('li', text);
      item.toggleAttribute('data-failed', !holds);
      return item;
    }),
  );
  find('facts', HTMLElement).replaceChildren(...facts.map(([name, value]) => row(make('dt', name), make('dd', value))));
  find('outcome', HTMLElement).hidden = false;
}

function barRow({ name, ms, own }: Bar, longest: number): HTMLElement {
  const progress = document.createElement('progress');
  progress.max = longest;
  progress.value = ms;
  progress.ariaLabel = name;
  const value = document.createElement('dd');
  value.append(progress, make('span', inMs(ms)));
  const result = row(make('dt', name), value);
  result.toggleAttribute('data-own', own);
  return result;
}

function row(...children: HTMLElement[]): HTMLElement {
  const element = document.createElement('div');
  element.append(...children);
  return element;
}

function make(tag: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
