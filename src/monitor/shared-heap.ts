import { Observable, type Subscriber, Subscription } from 'rxjs';
import { type HeapOptions, observeHeap } from '../collect/index.js';
import type { HeapReading } from '../core/heap-reading.js';

/**
 * The page's heap, read once for all who look at it: not polled, but at each look of the monitor (`wakeUp$`), so that no
 * timer runs for it. Whoever comes later is told the newest reading at once.
 */
export function sharedHeap(
  wakeUp$: Observable<unknown>,
  options: Pick<HeapOptions, 'clock' | 'environment'>,
): Observable<HeapReading> {
  // As share() with a ReplaySubject would do it: those two would be the only ones of their kind, and 2 kB.
  const subscribers = new Set<Subscriber<HeapReading>>();
  const tell = (how: (subscriber: Subscriber<HeapReading>) => void) => [...subscribers].forEach(how);
  let newest: HeapReading | undefined;
  let reading: Subscription;
  return new Observable((subscriber) => {
    subscribers.add(subscriber);
    if (newest) subscriber.next(newest);
    if (subscribers.size === 1) {
      reading = new Subscription();
      reading.add(
        observeHeap({ ...options, polls: false, readNow$: wakeUp$ }).subscribe({
          next: (heap) => {
            newest = heap;
            tell((one) => one.next(heap));
          },
          error: (cause: unknown) => tell((one) => one.error(cause)),
          complete: () => tell((one) => one.complete()),
        }),
      );
    }
    return () => {
      subscribers.delete(subscriber);
      if (subscribers.size > 0) return;
      reading.unsubscribe();
      newest = undefined;
    };
  });
}
