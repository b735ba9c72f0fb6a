import { seededRandom, WeightedChoice } from './random.js';
import { AGENTS, ORIGIN, OUTSIDE_REFERRERS, SEARCH_WORDS, SITE, type SiteEndpoint } from './site.js';
import type { TrafficEntry } from './traffic-entry.js';

const CLIENTS = 300;
/** Shares of requests, where an endpoint does not say its own. */
const CLIENT_ERRORS = 0.012;
const SERVER_ERRORS = 0.002;
const NOT_MODIFIED = 0.18;

/** One visitor: the address and the browser stay the same, as they do in a real log. */
interface Client {
  readonly host: string;
  readonly agent: string | undefined;
}

/**
 * Makes traffic of the shape that an access log has. The same seed and times give the same entries.
 * Addresses are those set aside for documentation (RFC 5737, RFC 3849).
 */
export class TrafficGenerator {
  readonly #random: () => number;
  readonly #endpoints = new WeightedChoice(SITE, (endpoint) => endpoint.weight);
  readonly #clients: WeightedChoice<Client>;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
    const clients = Array.from({ length: CLIENTS }, (_, index) => this.#makeClient(index));
    this.#clients = new WeightedChoice(clients, (_, index) => 1 / (index + 8));
  }

  /** The next request, logged at `time` (epoch milliseconds). */
  next(time: number): TrafficEntry {
    const endpoint = this.#endpoints.at(this.#random());
    const { host, agent } = this.#clients.at(this.#random());
    const status = this.#statusOf(endpoint);
    return {
      time,
      host,
      method: endpoint.method,
      url: endpoint.path + this.#queryOf(endpoint),
      status,
      bytes: this.#bytesOf(endpoint, status),
      referrer: this.#referrer(),
      agent,
    };
  }

  #makeClient(index: number): Client {
    const networks = ['192.0.2', '198.51.100', '203.0.113'];
    const address = Math.floor(this.#random() * 254) + 1;
    const host =
      index % 6 === 5
        ? `2001:db8:${address.toString(16)}::${(index + 1).toString(16)}`
        : `${this.#pick(networks)}.${address}`;
    return { host, agent: this.#random() < 0.02 ? undefined : this.#pick(AGENTS) };
  }

  #statusOf({ method, path, clientErrors = CLIENT_ERRORS, serverErrors = SERVER_ERRORS, bytes }: SiteEndpoint): number {
    const draw = this.#random();
    if (draw < serverErrors) return draw < serverErrors / 3 ? 503 : 500;
    if (draw < serverErrors + clientErrors) return method === 'POST' ? 422 : path.startsWith('/api/') ? 401 : 404;
    if (method === 'POST' && bytes > 0) return 201;
    if (bytes === 0) return 204;
    return method === 'GET' && this.#random() < NOT_MODIFIED ? 304 : 200;
  }

  #bytesOf({ bytes, method }: SiteEndpoint, status: number): number | undefined {
    if (status === 304 || status === 204 || method === 'HEAD') return undefined;
    if (status >= 400) return 180 + Math.floor(this.#random() * 400);
    // Two draws make sizes that lie around the middle with a long tail upwards.
    return Math.max(2, Math.round(bytes * (0.6 + this.#random() * 0.5 + this.#random() ** 6)));
  }

  #queryOf({ query }: SiteEndpoint): string {
    if (query === 'search') return `?q=${this.#pick(SEARCH_WORDS)}`;
    if (query === 'page') return this.#random() < 0.5 ? '' : `?page=${Math.floor(this.#random() * 9) + 1}`;
    return query === 'version' ? '?v=4.18.2' : '';
  }

  #referrer(): string | undefined {
    const draw = this.#random();
    if (draw < 0.3) return undefined;
    return draw < 0.4 ? this.#pick(OUTSIDE_REFERRERS) : `${ORIGIN}/`;
  }

  #pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.#random() * items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }
}
