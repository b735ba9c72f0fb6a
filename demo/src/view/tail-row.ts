import type { TrafficEntry } from '../../feed/traffic-entry.js';
import { span } from './dom.js';
import { formatBytes, formatTime, statusTone } from './format.js';

/** One line of the tail; shows one request now and another later. */
export class TailRow {
  readonly element = document.createElement('div');
  readonly #time = span('time', 'gridcell');
  readonly #method = span('method', 'gridcell');
  readonly #url = span('url', 'gridcell');
  readonly #status = span('status number', 'gridcell');
  readonly #bytes = span('number bytes', 'gridcell');
  readonly #host = span('host', 'gridcell');
  #entry: TrafficEntry | undefined;

  /** @param id of the element. */
  constructor(id: string) {
    this.element.id = id;
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
