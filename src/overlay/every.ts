import { Observable } from 'rxjs';
import type { Clock } from '../core/clock.js';
import type { Teardown } from '../core/disposer.js';
import type { Milliseconds } from '../core/units.js';

/** Emits at once and then each `intervalMs`, on poise's clock. */
export function every(intervalMs: Milliseconds, clock: Clock): Observable<void> {
  return new Observable((subscriber) => {
    let cancel: Teardown = () => undefined;
    const emit = () => {
      cancel = clock.setTimer(emit, intervalMs);
      subscriber.next();
    };
    emit();
    return () => cancel();
  });
}
