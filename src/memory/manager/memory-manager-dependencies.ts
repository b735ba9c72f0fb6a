import type { Observable } from 'rxjs';
import type { Clock } from '../../core/clock.js';
import type { HeapReading } from '../../core/heap-reading.js';

/** What a MemoryManager is given. */
export interface MemoryManagerDependencies {
  readonly clock?: Clock;
  /** Readings of the heap, watched from `start()` to `stop()`. Without them only the entries' own bytes count. */
  readonly heap$?: Observable<HeapReading>;
}
