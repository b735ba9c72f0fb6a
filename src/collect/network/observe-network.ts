import { Observable } from 'rxjs';
import { SystemClock } from '../../core/clock.js';
import { type NetworkConfig, resolveNetworkConfig } from './network-config.js';
import type { NetworkEntry } from './network-entry.js';
import { findHub, type NetworkScope } from './network-hub.js';
import { type NetworkPlatform, NetworkWatch } from './network-watch.js';

const ignore = () => undefined;

/**
 * The requests that the app makes by fetch and XMLHttpRequest (seed 004: monitoring data), redacted, each when it is over.
 * Cold: both are wrapped while somebody is subscribed, once for all, and given back after. The app can't tell: it gets the
 * same responses, streams, errors and events in the same order. Silent where there is neither.
 * @throws ConfigError
 */
export function observeNetwork(
  config: NetworkConfig = {},
  platform: Partial<NetworkPlatform> = {},
): Observable<NetworkEntry> {
  const settings = resolveNetworkConfig('observeNetwork', config);
  return new Observable((subscriber) => {
    const watch = new NetworkWatch(settings, resolvePlatform(platform), {
      onEntry: (entry) => subscriber.next(entry),
      onDropped: ignore,
      onError: ignore,
    });
    return () => watch.stop();
  });
}

/** Runs `work`, and leaves out of every capture the requests that it starts before it returns. For requests of one's own. */
export function withoutCapture<Result>(work: () => Result, scope: NetworkScope = globalThis): Result {
  const hub = findHub(scope);
  return hub ? hub.without(work) : work();
}

export function resolvePlatform({
  clock = new SystemClock(),
  environment = detectNeeds(),
  scope = globalThis,
}: Partial<NetworkPlatform>): NetworkPlatform {
  return { clock, environment, scope };
}

/** Not all that there is: the browser sets up each of its interfaces, and keeps it, when it is first touched. */
const detectNeeds = (): NetworkPlatform['environment'] => ({
  document: typeof document === 'undefined' ? undefined : document,
  PerformanceObserver: typeof PerformanceObserver === 'undefined' ? undefined : PerformanceObserver,
});
