import type { TrafficEntry } from '../../feed/traffic-entry.js';
import { span } from './dom.js';
import { formatBytes, formatTime, statusTone } from './format.js';

/** One line of the tail; shows one request now and another later. */
export class TailRow {
  readonly element: HTMLElement;
  readonly #time = span('time');
  readonly #method = span('method');
  readonly #url = span('url');
  readonly #status = span('status number');
  readonly #bytes = span('number bytes');
  readonly #host = span('host');

  /** @param element becomes the line. */
  constructor(element: HTMLElement = document.createElement('div')) {
    this.element = element;
    element.classList.add('row');
    element.append(this.#time, this.#method, this.#url, this.#status, this.#bytes, this.#host);
  }

  show(entry: TrafficEntry | undefined): void {
    this.#time.textContent = entry ? formatTime(entry.time) : '';
    this.#method.textContent = entry?.method ?? '';
    this.#url.textContent = entry?.url ?? '';
    this.#status.textContent = entry ? String(entry.status) : '';
    this.#status.dataset['tone'] = statusTone(entry?.status ?? 200);
    this.#bytes.textContent = entry ? formatBytes(entry.bytes) : '';
    this.#host.textContent = entry?.host ?? '';
  }
}
