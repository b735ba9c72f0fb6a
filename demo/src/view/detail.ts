import type { TrafficEntry } from '../../feed/traffic-entry.js';
import { byId } from './dom.js';
import { formatCount, formatDateTime } from './format.js';

const HINTS = [
  'Choose a request to read it in full. Pausing first makes that easier.',
  'To see what throttling is for, turn the feed up to 20,000/s and compare Unthrottled with Adaptive.',
];

/** All that the log tells of one request. */
export class Detail {
  readonly #element = byId('detail', HTMLDivElement);

  constructor() {
    this.show(undefined);
  }

  show(entry: TrafficEntry | undefined): void {
    if (!entry) {
      this.#element.replaceChildren(...HINTS.map(makeHint));
      return;
    }
    const list = document.createElement('dl');
    addField(list, 'Request', `${entry.method} ${entry.url}`);
    addField(
      list,
      'Answer',
      `${entry.status}, ${entry.bytes === undefined ? 'no size logged' : `${formatCount(entry.bytes)} bytes`}`,
    );
    addField(list, 'Logged', `${formatDateTime(entry.time)}, ${entry.host}`);
    addField(list, 'Referrer', entry.referrer ?? '–');
    addField(list, 'Agent', entry.agent ?? '–');
    this.#element.replaceChildren(list);
  }
}

function makeHint(text: string): HTMLElement {
  const hint = document.createElement('p');
  hint.className = 'detail-empty';
  hint.textContent = text;
  return hint;
}

function addField(list: HTMLDListElement, label: string, value: string): void {
  const term = document.createElement('dt');
  const text = document.createElement('dd');
  term.textContent = label;
  text.textContent = value;
  text.title = value;
  list.append(term, text);
}
