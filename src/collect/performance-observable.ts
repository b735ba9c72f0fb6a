import { Observable } from 'rxjs';
import type { Environment } from '../core/environment.js';

/**
 * The entries of one Performance Timeline type, those of before the subscription included.
 * Completes at once where the browser does not report that type; disconnects on unsubscribe.
 * @see https://w3c.github.io/performance-timeline/
 */
export function observePerformance(
  type: string,
  environment: Pick<Environment, 'PerformanceObserver'>,
  options: Omit<PerformanceObserverInit, 'type' | 'entryTypes'> = {},
): Observable<PerformanceEntry> {
  return new Observable((subscriber) => {
    const Observer = environment.PerformanceObserver;
    if (!Observer?.supportedEntryTypes?.includes(type)) {
      subscriber.complete();
      return;
    }
    const observer = new Observer((list) => {
      for (const entry of list.getEntries()) subscriber.next(entry);
    });
    observer.observe({ type, buffered: true, ...options });
    return () => observer.disconnect();
  });
}
