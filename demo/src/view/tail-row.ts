import type { TrafficEntry } from '../../feed/traffic-entry.js';
import { span } from './dom.js';
import { formatBytes, formatTime, statusTone } from './format.js';

/** One line of the tail; shows one request now and another later. */
export class TailRow {
  readonly element = document.createElement('div');
  readonly #time = span('time', 'cell');
  readonly #method = span('method', 'cell');
  readonly #url = span('url', 'cell');
  readonly #status = span('status number', 'cell');
  readonly #bytes = span('number bytes', 'cell');
  readonly #host = span('host', 'cell');
  #entry: TrafficEntry | undefined;

  constructor() {
    this.element.className = 'row';
    this.element.setAttribute('role', 'row');
    this.element.append(this.#time, this.#method, this.#url, this.#status, this.#bytes, this.#host);
  }

  get entry(): TrafficEntry | undefined {
    return this.#entry;
  }

  show(entry: TrafficEntry | undefined, selected: boolean): void {
    this.#entry = entry;
    this.element.ariaSelected = String(selected);
    this.#time.textContent = entry ? formatTime(entry.time) : '';
    this.#method.textContent = entry?.method ?? '';
    this.#url.textContent = entry?.url ?? '';
    this.#status.textContent = entry ? String(entry.status) : '';
    this.#status.dataset['tone'] = statusTone(entry?.status ?? 200);
    this.#bytes.textContent = entry ? formatBytes(entry.bytes) : '';
    this.#host.textContent = entry?.host ?? '';
  }
}
