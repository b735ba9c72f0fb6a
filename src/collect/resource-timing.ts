import { map, Observable } from 'rxjs';
import { detectEnvironment, type Environment } from '../core/environment.js';
import type { Bytes, Milliseconds, MonotonicMs } from '../core/units.js';

/** Something that the page loaded. What another origin does not let the page know is `undefined`. */
export interface ResourceTiming {
  readonly url: string;
  /** What asked for it: 'script', 'img', 'fetch', 'css' and so on. */
  readonly initiatorType: string;
  readonly startTime: MonotonicMs;
  readonly durationMs: Milliseconds;
  /** Name look-up, connection and, as part of the latter, TLS. 0 when a connection was there. */
  readonly dnsMs: Milliseconds | undefined;
  readonly connectMs: Milliseconds | undefined;
  readonly tlsMs: Milliseconds | undefined;
  /** From sending the request to the first byte of the answer, and from there to the last. */
  readonly waitingMs: Milliseconds | undefined;
  readonly downloadMs: Milliseconds | undefined;
  /** With headers, as sent; 0 when it came from a cache. */
  readonly transferBytes: Bytes | undefined;
  /** The body as sent, and as unpacked. */
  readonly encodedBytes: Bytes | undefined;
  readonly decodedBytes: Bytes | undefined;
  readonly delivery: 'network' | 'cache' | 'revalidated' | undefined;
  /** Whether the page could not paint before it was there; `undefined` where the browser does not tell. */
  readonly renderBlocking: boolean | undefined;
  readonly status: number | undefined;
  /** 'h2', 'h3' and so on (ALPN). */
  readonly protocol: string | undefined;
  /** Entries before this one that are lost, as the browser's buffer was full; `undefined` where it does not tell. */
  readonly missedBefore: number | undefined;
}

/** https://w3c.github.io/resource-timing/, what the compiler does not know of it. */
interface ResourceEntry extends PerformanceResourceTiming {
  readonly deliveryType?: string;
  readonly renderBlockingStatus?: 'blocking' | 'non-blocking';
}

/** https://w3c.github.io/performance-timeline/#dom-performanceobservercallbackoptions */
interface CallbackOptions {
  readonly droppedEntriesCount?: number;
}

/** One entry as the browser has it: reading all of it takes longer than telling it. */
export interface ResourceFound {
  readonly entry: ResourceEntry;
  readonly missedBefore: number | undefined;
}

const isResource = (entry: PerformanceEntry): entry is ResourceEntry => 'initiatorType' in entry;

/**
 * What the page loads, and has loaded as far as the browser's buffer of 250 still holds it. The buffer is left as it is;
 * what is loaded from now on is told even when it is full. Completes where the browser does not tell.
 */
export function observeResourceTiming(environment: Environment = detectEnvironment()): Observable<ResourceTiming> {
  return observeResources(environment).pipe(map(toResourceTiming));
}

/** The same, for who reads only some of it or reads it later. */
export function observeResources(environment: Environment): Observable<ResourceFound> {
  return new Observable((subscriber) => {
    const Observer = environment.PerformanceObserver;
    if (!Observer?.supportedEntryTypes?.includes('resource')) {
      subscriber.complete();
      return;
    }
    let missed: number | undefined;
    let first = true;
    const onEntries = (list: PerformanceObserverEntryList, _observer: unknown, options: CallbackOptions = {}) => {
      // Told with the first entries only.
      if (first) missed = options.droppedEntriesCount;
      else if (missed !== undefined) missed = 0;
      first = false;
      for (const entry of list.getEntries()) {
        if (!isResource(entry)) continue;
        subscriber.next({ entry, missedBefore: missed });
        if (missed !== undefined) missed = 0;
      }
    };
    const observer = new Observer(onEntries);
    observer.observe({ type: 'resource', buffered: true });
    return () => observer.disconnect();
  });
}

/** Without Timing-Allow-Origin most times are 0, and so are the sizes. */
const isOpen = (entry: ResourceEntry): boolean => entry.responseStart > 0;

const isSized = (entry: ResourceEntry): boolean =>
  isOpen(entry) && (entry.transferSize > 0 || entry.decodedBodySize > 0 || entry.encodedBodySize > 0);

/** With headers, as sent; `undefined` where another origin does not let the page know. */
export const transferBytesOf = (entry: ResourceEntry): Bytes | undefined =>
  isSized(entry) ? entry.transferSize : undefined;

/** One entry in poise's terms. */
export function toResourceTiming({ entry, missedBefore }: ResourceFound): ResourceTiming {
  const open = isOpen(entry);
  const whenOpen = (value: number) => (open ? value : undefined);
  const sized = isSized(entry);
  return {
    url: entry.name,
    initiatorType: entry.initiatorType,
    startTime: entry.startTime,
    durationMs: entry.duration,
    dnsMs: whenOpen(entry.domainLookupEnd - entry.domainLookupStart),
    connectMs: whenOpen(entry.connectEnd - entry.connectStart),
    tlsMs: whenOpen(entry.secureConnectionStart > 0 ? entry.connectEnd - entry.secureConnectionStart : 0),
    waitingMs: whenOpen(entry.responseStart - (entry.requestStart || entry.fetchStart)),
    downloadMs: whenOpen(entry.responseEnd - entry.responseStart),
    transferBytes: sized ? entry.transferSize : undefined,
    encodedBytes: sized ? entry.encodedBodySize : undefined,
    decodedBytes: sized ? entry.decodedBodySize : undefined,
    delivery: sized ? deliveryOf(entry) : undefined,
    renderBlocking: entry.renderBlockingStatus === undefined ? undefined : entry.renderBlockingStatus === 'blocking',
    status: entry.responseStatus || undefined,
    protocol: entry.nextHopProtocol || undefined,
    missedBefore,
  };
}

function deliveryOf(entry: ResourceEntry): ResourceTiming['delivery'] {
  if (entry.deliveryType === 'cache' || entry.transferSize === 0) return 'cache';
  // Headers alone were sent for a body that is larger than they are: it was there already.
  return entry.transferSize < entry.encodedBodySize ? 'revalidated' : 'network';
}
