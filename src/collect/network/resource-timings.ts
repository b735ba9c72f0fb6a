import type { Environment } from '../../core/environment.js';
import type { Milliseconds } from '../../core/units.js';
import type { RawRequest } from './raw-request.js';

/** What the browser knows of requests (https://w3c.github.io/resource-timing/). */
const INITIATORS = new Set(['fetch', 'xmlhttprequest']);
/** The browser may date the start a little before the call, as clocks are coarse. */
const EARLY_MS: Milliseconds = 2;
/** Entries kept that no request has waited for yet; those of requests that are left out are among them. */
const MOST_EARLY = 20;

interface Early {
  readonly url: string;
  readonly entry: PerformanceResourceTiming;
}

const isResourceTiming = (entry: PerformanceEntry): entry is PerformanceResourceTiming =>
  'responseEnd' in entry && 'initiatorType' in entry;

/**
 * Gives requests their resource timing as the browser tells of it, in batches: never looks one up. Of several requests to
 * one URL, an entry belongs to the one that began last before it.
 */
export class ResourceTimings {
  /** Told of before the app had its answer (a blob that is still put together). */
  readonly #early: Early[] = [];
  readonly #waiting = new Map<string, RawRequest[]>();
  readonly #observer: PerformanceObserver | undefined;
  /** False where the browser tells of none. */
  readonly supported: boolean;

  constructor(
    { PerformanceObserver: Observer }: Pick<Environment, 'PerformanceObserver'>,
    onFound: (request: RawRequest, timing: PerformanceResourceTiming) => void,
  ) {
    this.supported = Observer?.supportedEntryTypes?.includes('resource') === true;
    if (!Observer || !this.supported) return;
    // Its own observer, and no stream: there is an entry for every request.
    this.#observer = new Observer((list) => {
      for (const entry of list.getEntries()) {
        if (!isResourceTiming(entry) || !INITIATORS.has(entry.initiatorType)) continue;
        const url = withoutFragment(entry.name);
        const request = this.#take(url, entry);
        if (request) onFound(request, entry);
        else if (this.#early.push({ url, entry }) > MOST_EARLY) this.#early.shift();
      }
    });
    this.#observer.observe({ type: 'resource' });
  }

  /** Gives a request's timing where it is there already, or waits for it. */
  await(request: RawRequest): PerformanceResourceTiming | undefined {
    const url = withoutFragment(request.url);
    const at = this.#early.findIndex((early) => early.url === url && isWithin(request, early.entry));
    if (at >= 0) return this.#early.splice(at, 1)[0]?.entry;
    const waiting = this.#waiting.get(url);
    if (waiting) waiting.push(request);
    else this.#waiting.set(url, [request]);
    return undefined;
  }

  forget(request: RawRequest): void {
    const url = withoutFragment(request.url);
    const waiting = this.#waiting.get(url);
    const at = waiting?.indexOf(request) ?? -1;
    if (!waiting || at < 0) return;
    if (waiting.length === 1) this.#waiting.delete(url);
    else waiting.splice(at, 1);
  }

  stop(): void {
    this.#observer?.disconnect();
    this.#waiting.clear();
  }

  #take(url: string, entry: PerformanceResourceTiming): RawRequest | undefined {
    let found: RawRequest | undefined;
    for (const request of this.#waiting.get(url) ?? []) {
      if (isWithin(request, entry) && (!found || request.startTime > found.startTime)) found = request;
    }
    if (found) this.forget(found);
    return found;
  }
}

const isWithin = ({ startTime, endedAt }: RawRequest, entry: PerformanceResourceTiming): boolean =>
  startTime - EARLY_MS <= entry.startTime && entry.startTime <= endedAt;

function withoutFragment(url: string): string {
  const at = url.indexOf('#');
  return at < 0 ? url : url.slice(0, at);
}
