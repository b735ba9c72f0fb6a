import type { CacheManager } from 'poise/cache';
import type { PerformanceMonitor } from 'poise/monitor';
import type { WorkerPool } from 'poise/workers';
import type { PrimeTasks } from '../../examples/primes.worker.js';

/** What every card is given. */
export interface Lab {
  readonly monitor: PerformanceMonitor;
  readonly caches: CacheManager;
  readonly pool: WorkerPool<PrimeTasks>;
}

/** One thing to try. */
export interface Action {
  readonly label: string;
  /** What it gives is said on the card. */
  run(): string | Promise<string>;
}

/** One part of poise to try: what it is for, and what can be done to it. */
export interface Card {
  readonly title: string;
  readonly text: string;
  readonly actions: readonly Action[];
  /** What is so now; read twice a second. */
  readonly figures: () => readonly (readonly [label: string, value: string])[];
}

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  text = '',
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}

/** Puts a card on the page. @returns what brings its figures up to date */
export function showCard({ title, text, actions, figures }: Card, into: HTMLElement): () => void {
  const card = make('section', 'card');
  const said = make('p', 'card-said');
  said.setAttribute('role', 'status');
  const list = make('dl', 'card-figures');
  const values = new Map<string, HTMLElement>();
  const buttons = make('div', 'card-actions');
  for (const { label, run } of actions) {
    const button = make('button', 'button', label);
    button.type = 'button';
    button.addEventListener('click', () => void act(button, run));
    buttons.append(button);
  }
  async function act(button: HTMLButtonElement, run: Action['run']): Promise<void> {
    button.disabled = true;
    try {
      said.textContent = await run();
    } catch (error) {
      said.textContent = error instanceof Error ? error.message : String(error);
    }
    button.disabled = false;
    update();
  }
  function update(): void {
    for (const [label, value] of figures()) {
      let element = values.get(label);
      if (!element) {
        const pair = make('div', '');
        element = make('dd', '');
        pair.append(make('dt', '', label), element);
        list.append(pair);
        values.set(label, element);
      }
      if (element.textContent !== value) element.textContent = value;
    }
  }
  card.append(make('h2', '', title), make('p', 'card-text', text), list, buttons, said);
  into.append(card);
  update();
  return update;
}
