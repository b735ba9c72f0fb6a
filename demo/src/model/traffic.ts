import { pathOf } from '../../feed/access-log.js';
import type { TrafficEntry } from '../../feed/traffic-entry.js';
import { Endpoint } from './endpoint.js';

/** Paths kept apart; what comes after is counted together, so that a scan of a site cannot fill the memory. */
const MAX_ENDPOINTS = 10_000;
const OTHER = '(other paths)';
/** URLs whose path is remembered, as most come again. */
const MAX_KNOWN_URLS = 20_000;

/** All traffic so far, by path. */
export class Traffic {
  readonly #endpoints = new Map<string, Endpoint>();
  readonly #byUrl = new Map<string, Endpoint>();

  get endpoints(): Iterable<Endpoint> {
    return this.#endpoints.values();
  }

  get size(): number {
    return this.#endpoints.size;
  }

  add(entry: TrafficEntry, now: number): Endpoint {
    const endpoint = this.#byUrl.get(entry.url) ?? this.#find(entry.url);
    endpoint.add(entry, now);
    return endpoint;
  }

  clear(): void {
    this.#endpoints.clear();
    this.#byUrl.clear();
  }

  #find(url: string): Endpoint {
    const known = pathOf(url);
    const path = this.#endpoints.has(known) || this.#endpoints.size < MAX_ENDPOINTS ? known : OTHER;
    let endpoint = this.#endpoints.get(path);
    if (!endpoint) {
      endpoint = new Endpoint(path);
      this.#endpoints.set(path, endpoint);
    }
    if (this.#byUrl.size < MAX_KNOWN_URLS) this.#byUrl.set(url, endpoint);
    return endpoint;
  }
}
