/** One measured way of doing the same. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  /** The value for reading. */
  readonly text: string;
  /** Whether it is poise's. */
  readonly own: boolean;
}

/** What a run has shown. */
export interface Outcome {
  readonly bars: readonly Bar[];
  readonly checks: readonly { readonly text: string; readonly holds: boolean }[];
  readonly facts: readonly (readonly [name: string, value: string])[];
}

const figure = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
/** A measured time as a bar. */
export const timeBar = (name: string, ms: number, own: boolean): Bar => ({ name, value: ms, text: inMs(ms), own });
/** A time for reading: three digits are enough. */
export const inMs = (ms: number): string => `${ms < 0.01 ? 'under 0.01' : figure.format(ms)} ms`;
/** Bytes for reading. */
export const inMb = (bytes: number): string => `${figure.format(bytes / 1_048_576)} MB`;
/** What a figure that may be missing reads like. */
export const inPercent = (percent: number | undefined): string =>
  percent === undefined ? 'not measured' : `${figure.format(percent)} %`;

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
  const longest = Math.max(...bars.map(({ value }) => value));
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

function barRow({ name, value, text, own }: Bar, longest: number): HTMLElement {
  const progress = document.createElement('progress');
  progress.max = longest;
  progress.value = value;
  progress.ariaLabel = name;
  const amount = document.createElement('dd');
  amount.append(progress, make('span', text));
  const result = row(make('dt', name), amount);
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
