import { type Observable, ReplaySubject, share } from 'rxjs';
import { type HeapOptions, observeHeap } from '../collect/index.js';
import type { HeapReading } from '../core/heap-reading.js';

/**
 * The page's heap, read once for all who look at it: not polled, but at each look of the monitor (`wakeUp$`), so that no
 * timer runs for it.
 * Whoever comes later is told the newest reading at once.
 */
export function sharedHeap(
  wakeUp$: Observable<unknown>,
  options: Pick<HeapOptions, 'clock' | 'environment'>,
): Observable<HeapReading> {
  return observeHeap({ ...options, polls: false, readNow$: wakeUp$ }).pipe(
    share({ connector: () => new ReplaySubject(1) }),
  );
}
