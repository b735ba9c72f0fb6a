import type { TrafficEntry } from '../../feed/traffic-entry.js';

/** A rate follows a change within about this time. */
const RATE_WINDOW_MS = 2_000;

/** What was seen of one path. Times are monotonic milliseconds of arrival, not the log's. */
export class Endpoint {
  readonly path: string;
  readonly methods = new Set<string>();
  /** Requests by status. */
  readonly statuses = new Map<number, number>();
  count = 0;
  bytes = 0;
  errors = 0;
  lastStatus = 0;
  lastSeen = 0;
  #rate = 0;

  constructor(path: string) {
    this.path = path;
  }

  add({ method, status, bytes }: TrafficEntry, now: number): void {
    // An exponentially weighted rate: it needs no timer and no history.
    this.#rate = this.ratePerSecond(now) + 1_000 / RATE_WINDOW_MS;
    this.count++;
    this.bytes += bytes ?? 0;
    if (status >= 400) this.errors++;
    this.lastStatus = status;
    this.lastSeen = now;
    this.methods.add(method);
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
  }

  ratePerSecond(now: number): number {
    return this.#rate * Math.exp((this.lastSeen - now) / RATE_WINDOW_MS);
  }

  /** The share of requests whose status starts with `digit`, 0 to 1. */
  shareOf(digit: number): number {
    let matching = 0;
    for (const [status, count] of this.statuses) if (Math.floor(status / 100) === digit) matching += count;
    return this.count === 0 ? 0 : matching / this.count;
  }
}
