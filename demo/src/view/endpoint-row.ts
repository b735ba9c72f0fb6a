import type { Endpoint } from '../model/endpoint.js';
import { span } from './dom.js';
import { formatAge, formatBytes, formatCount, formatRate, statusTone } from './format.js';

/** One endpoint's line. Its cells are made once and then only rewritten. */
export class EndpointRow {
  readonly endpoint: Endpoint;
  readonly element = document.createElement('div');
  /** Writes all cells from the endpoint's state of now. Bound, so that it is the same function at every request. */
  readonly paint: () => void;
  readonly #count = span('number', 'gridcell');
  readonly #rate = span('number', 'gridcell');
  readonly #bytes = span('number bytes', 'gridcell');
  readonly #mix = span('mix', 'gridcell');
  readonly #bar = span('mix-bar');
  readonly #status = span('status');
  readonly #lastSeen = span('number seen', 'gridcell');

  constructor(endpoint: Endpoint, onPaint: () => void) {
    this.endpoint = endpoint;
    const path = span('path', 'rowheader', endpoint.path);
    path.title = endpoint.path;
    this.#bar.ariaHidden = 'true';
    this.#mix.append(this.#bar, this.#status);
    this.element.className = 'row';
    this.element.setAttribute('role', 'row');
    this.element.tabIndex = -1;
    this.element.append(path, this.#count, this.#rate, this.#bytes, this.#mix, this.#lastSeen);
    this.paint = () => {
      this.#write();
      onPaint();
    };
  }

  #write(): void {
    const { endpoint } = this;
    const now = performance.now();
    this.#count.textContent = formatCount(endpoint.count);
    this.#rate.textContent = formatRate(endpoint.ratePerSecond(now));
    this.#bytes.textContent = formatBytes(endpoint.bytes);
    this.#status.textContent = String(endpoint.lastStatus);
    this.#status.dataset['tone'] = statusTone(endpoint.lastStatus);
    this.#lastSeen.textContent = formatAge(now - endpoint.lastSeen);
    // The bar is one gradient with three stops, so that a change of the mix repaints and never lays out.
    const moved = endpoint.shareOf(3);
    const client = endpoint.shareOf(4);
    const server = endpoint.shareOf(5);
    this.#bar.style.setProperty('--ok', percent(1 - moved - client - server));
    this.#bar.style.setProperty('--moved', percent(1 - client - server));
    this.#bar.style.setProperty('--client', percent(1 - server));
  }
}

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
